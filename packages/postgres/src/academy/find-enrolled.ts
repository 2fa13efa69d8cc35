import type { Enrollment } from '@halyard/contracts/academy/enrollment';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { toEnrollment } from './enrollment-rows.js';

/**
 * The enrollment of a contact in a course, locked; null when there is none, and then nobody else makes one until the commit:
 * of two first calls for the same contact and course the second waits, and finds what the first made. A contact that another
 * was merged into may have two: the one that got further counts.
 */
export async function findEnrolled(
  tx: Tx,
  orgId: OrgId,
  contactId: string,
  courseId: string,
): Promise<Enrollment | null> {
  const pair = `enrollment:${orgId}:${contactId}:${courseId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${pair}, 0))`.execute(tx);
  const row = await tx
    .selectFrom('enrollments')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('course_id', '=', courseId)
    .orderBy(sql`status = 'cancelled'`)
    .orderBy('completed_percent', 'desc')
    .orderBy('id')
    .limit(1)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? toEnrollment(row) : null;
}
