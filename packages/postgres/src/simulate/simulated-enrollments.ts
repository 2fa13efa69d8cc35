import type { Course } from '@halyard/contracts/academy/course';
import { enrollmentFacts, outlineFacts } from '@halyard/core/academy/enrollment-facts';
import type { OrgId } from '@halyard/core/ids';
import { undoEnrollment } from '@halyard/core/simulate/enrollment-changes';
import type { Tree } from '@halyard/core/simulate/starting-point';
import { sql } from 'kysely';
import { toCourse } from '../academy/courses.js';
import type { Tx } from '../database.js';
import type { RecordedRow } from './recorded-events.js';
import { isEnrollmentEvent, microseconds } from './recorded-events.js';

/** All courses of the organization, by id. */
export async function coursesOf(tx: Tx, orgId: OrgId): Promise<Map<string, Course>> {
  const rows = await tx.selectFrom('courses').selectAll().where('org_id', '=', orgId).execute();
  return new Map(rows.map((row) => [row.id, toCourse(row)]));
}

const chunk = 5_000;

/** The enrollments of these contacts as they are now, by id. */
export async function enrollmentsOf(
  tx: Tx,
  orgId: OrgId,
  contactIds: readonly string[],
  courses: ReadonlyMap<string, Course>,
): Promise<Map<string, Tree>> {
  const outlines = new Map([...courses].map(([id, course]) => [id, outlineFacts(course)]));
  const found = new Map<string, Tree>();
  for (let n = 0; n < contactIds.length; n += chunk) {
    const { rows } = await sql<{ id: string; course_id: string; facts: Tree }>`
      select id, course_id, to_jsonb(enrollments) - 'org_id' as facts from enrollments
      where org_id = ${orgId} and contact_id = any (${contactIds.slice(n, n + chunk)}::uuid[])`.execute(tx);
    for (const { id, course_id, facts } of rows) {
      const outline = outlines.get(course_id);
      if (outline) found.set(id, enrollmentFacts(facts, outline));
    }
  }
  return found;
}

/** The enrollments as they were before these events and everything later: each change taken back, the newest first. */
export async function rewindEnrollments(
  tx: Tx,
  orgId: OrgId,
  now: ReadonlyMap<string, Tree>,
  events: readonly RecordedRow[],
  until: Date,
): Promise<Map<string, Tree>> {
  const enrollments = new Map(now);
  if (enrollments.size === 0) return enrollments;
  const { rows: later } = await sql<RecordedRow>`
    select id, type, contact_id, subject_type, subject_id, payload,
      ${microseconds('occurred_at')} as occurred_us, ${microseconds('recorded_at')} as recorded_us
    from events
    where org_id = ${orgId} and recorded_at >= ${until} and type like 'enrollment.%' and subject_type = 'enrollment'
      and subject_id = any (${[...enrollments.keys()]}::text[])
    order by recorded_at desc, id desc`.execute(tx);
  for (const { type, subject_id, payload } of [...later, ...events.filter(isEnrollmentEvent).reverse()]) {
    const facts = enrollments.get(subject_id ?? '');
    if (!facts || !subject_id) continue;
    if (type === 'enrollment.created') enrollments.delete(subject_id);
    else enrollments.set(subject_id, undoEnrollment(facts, payload));
  }
  return enrollments;
}
