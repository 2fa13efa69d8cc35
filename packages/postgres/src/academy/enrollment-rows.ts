import type { Course } from '@halyard/contracts/academy/course';
import type { Enrollment } from '@halyard/contracts/academy/enrollment';
import { lessonTold } from '@halyard/core/academy/events';
import { findLesson } from '@halyard/core/academy/outline';
import type { EnrollmentEventType, EnrollmentState } from '@halyard/core/academy/transitions';
import { differences } from '@halyard/core/academy/transitions';
import type { NewEvent } from '@halyard/core/events/event';
import type { ContactId, EventId, Ids, OrgId } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Selectable } from 'kysely';
import type { Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import { tellOutside } from '../outbox-writer.js';
import type { Enrollments } from '../schema.gen.js';

/** An enrollment that was changed, and how. */
export interface ChangedEnrollment {
  before: EnrollmentState | null;
  enrollment: EnrollmentState;
  type: EnrollmentEventType;
  completedLessons: readonly string[];
  course: Course;
}

/**
 * Events and outbox of a changed enrollment: the change itself, each lesson that is completed by it, and the course. Returns
 * what became different.
 */
export async function tellEnrollment(
  tx: Tx,
  orgId: OrgId,
  changed: ChangedEnrollment,
  newId: Ids,
  now: Date,
): Promise<Record<string, unknown>> {
  const { before, enrollment } = changed;
  const changes = differences(before, enrollment);
  const told = factsOf(changed, changes);
  const about = {
    contactId: enrollment.contact_id as ContactId,
    subject: { type: 'enrollment', id: enrollment.id },
    occurredAt: now,
  };
  await recordEvents(
    tx,
    orgId,
    told.map((fact): NewEvent => ({ ...about, ...fact, id: newId<EventId>() })),
  );
  await tellOutside(
    tx,
    told.map(({ type, payload }) => ({
      orgId,
      id: newId<OutboxId>(),
      type,
      payload: { ...payload, contact_id: enrollment.contact_id, enrollment },
      occurredAt: now,
    })),
  );
  return changes;
}

type Fact = Pick<NewEvent, 'type' | 'payload' | 'key' | 'fingerprint'>;

function factsOf({ enrollment, type, completedLessons, course }: ChangedEnrollment, changes: object): Fact[] {
  const { id, course_id, revision } = enrollment;
  const of = { enrollment_id: id, course_id, course_name: course.name };
  const lessons = completedLessons.flatMap((lessonId): Fact[] => {
    const placed = findLesson(course.modules, lessonId);
    const key = `enrollment:${id}:lesson:${lessonId}`;
    return placed
      ? [
          {
            type: 'lesson.completed',
            payload: { ...of, ...lessonTold(course, placed) },
            key,
            fingerprint: key,
          },
        ]
      : [];
  });
  const change = {
    type,
    payload: { ...of, revision, completed_percent: enrollment.completed_percent, changes },
    key: `enrollment:${id}:${revision}`,
  };
  const completed =
    type === 'enrollment.completed'
      ? [{ type: 'course.completed', payload: { ...of, course_url: course.url } }]
      : [];
  return [...lessons, change, ...completed];
}

export const toEnrollment = ({ org_id: _, ...row }: Selectable<Enrollments>): Enrollment => ({
  ...row,
  status: row.status as Enrollment['status'],
  attributes: row.attributes as Enrollment['attributes'],
  enrolled_at: row.enrolled_at.toISOString(),
  last_activity_at: row.last_activity_at.toISOString(),
  completed_at: row.completed_at?.toISOString() ?? null,
  cancelled_at: row.cancelled_at?.toISOString() ?? null,
  updated_at: row.updated_at.toISOString(),
});
