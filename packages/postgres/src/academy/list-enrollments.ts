import type { EnrollmentQuery, ListedEnrollment } from '@halyard/contracts/academy/enrollment';
import type { EnrollmentId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { contactOf } from '../named-contact.js';
import { newestFirst } from '../paging.js';
import type { Enrollments } from '../schema.gen.js';
import { toEnrollment } from './enrollment-rows.js';

const courseOf = sql<ListedEnrollment['course']>`(
  select jsonb_build_object('id', c.id, 'name', c.name) from courses c
  where c.org_id = enrollments.org_id and c.id = enrollments.course_id)`.as('course');

const select = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('enrollments')
    .selectAll()
    .select([contactOf('enrollments'), courseOf])
    .where('org_id', '=', orgId);

type Row = Selectable<Enrollments> & Pick<ListedEnrollment, 'contact' | 'course'>;

const toListed = ({ contact, course, ...row }: Row): ListedEnrollment => ({
  ...toEnrollment(row),
  contact,
  course,
});

export async function findEnrollment(
  tx: Tx,
  orgId: OrgId,
  id: EnrollmentId,
): Promise<ListedEnrollment | null> {
  const row = await select(tx, orgId).where('id', '=', id).executeTakeFirst();
  return row ? toListed(row) : null;
}

/** Newest first. */
export async function listEnrollments(
  tx: Tx,
  orgId: OrgId,
  query: EnrollmentQuery,
): Promise<Page<ListedEnrollment>> {
  let rows = select(tx, orgId);
  if (query.contact_id) rows = rows.where('contact_id', '=', query.contact_id);
  if (query.course_id) rows = rows.where('course_id', '=', query.course_id);
  if (query.status) rows = rows.where('status', '=', query.status);
  return newestFirst(rows, query, toListed);
}
