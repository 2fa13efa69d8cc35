import { enrollmentFacts, outlineFacts } from '@halyard/core/academy/enrollment-facts';
import type { Subject } from '@halyard/core/events/event';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { isUuid } from '../uuid.js';

type Tree = Record<string, unknown>;

interface Asked {
  orgId: OrgId;
  subject: Subject | null;
}

/**
 * `subject` of what is about enrollments, by `organization/enrollment`: two statements for any number of them, as the many
 * who take a course share it; none when nobody asks.
 */
export async function loadEnrollmentFacts(tx: Tx, asked: readonly Asked[]): Promise<Map<string, Tree>> {
  const about = asked.flatMap(({ orgId, subject }) =>
    subject?.type === 'enrollment' && isUuid(subject.id) ? [{ orgId, id: subject.id }] : [],
  );
  if (about.length === 0) return new Map();
  const { rows } = await sql<{ org_id: OrgId; id: string; course_id: string; facts: Tree }>`
    select enrollments.org_id, enrollments.id, enrollments.course_id, to_jsonb(enrollments) - 'org_id' as facts
    from (select distinct org_id, id from unnest(${about.map(({ orgId }) => orgId)}::uuid[],
      ${about.map(({ id }) => id)}::uuid[]) as asked (org_id, id)) as asked
    join enrollments on enrollments.org_id = asked.org_id and enrollments.id = asked.id`.execute(tx);
  const outlines = await loadOutlines(tx, rows);
  return new Map(
    rows.flatMap(({ org_id, id, course_id, facts }): [string, Tree][] => {
      const outline = outlines.get(`${org_id}/${course_id}`);
      return outline ? [[`${org_id}/${id}`, enrollmentFacts(facts, outline)]] : [];
    }),
  );
}

type Outline = ReturnType<typeof outlineFacts>;

/** What the courses hold, by `organization/course`. */
export async function loadOutlines(
  tx: Tx,
  of: readonly { org_id: OrgId; course_id: string }[],
): Promise<Map<string, Outline>> {
  const { rows } = await sql<{ org_id: OrgId } & Parameters<typeof outlineFacts>[0]>`
    select courses.org_id, courses.id, courses.name, courses.url, courses.attributes, courses.modules
    from (select distinct org_id, id from unnest(${of.map(({ org_id }) => org_id)}::uuid[],
      ${of.map(({ course_id }) => course_id)}::uuid[]) as asked (org_id, id)) as asked
    join courses on courses.org_id = asked.org_id and courses.id = asked.id`.execute(tx);
  return new Map(rows.map((row) => [`${row.org_id}/${row.id}`, outlineFacts(row)]));
}
