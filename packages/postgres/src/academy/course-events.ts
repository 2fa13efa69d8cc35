import type { Course } from '@halyard/contracts/academy/course';
import type { Announcement } from '@halyard/core/academy/events';
import { announcing, lessonTold } from '@halyard/core/academy/events';
import { newlyPublished } from '@halyard/core/academy/outline';
import type { NewEvent } from '@halyard/core/events/event';
import type { EventId, Ids, OrgId } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import { tellOutside } from '../outbox-writer.js';

/** Records what became public by a change of a course, tells the outside, and queues the telling of those enrolled. */
export async function tellCourse(
  tx: Tx,
  orgId: OrgId,
  { before, after }: { before: Course | null; after: Course },
  newId: Ids,
  now: Date,
): Promise<void> {
  const lessons = before ? newlyPublished(before, after) : [];
  const facts = lessons.map((placed) => ({
    type: 'lesson.published',
    subject: { type: 'lesson', id: placed.lesson.id },
    payload: { ...lessonTold(after, placed), course_name: after.name },
  }));
  const { id: course_id, name: course_name, url: course_url } = after;
  if (after.published_at && !before?.published_at)
    facts.push({
      type: 'course.published',
      subject: { type: 'course', id: course_id },
      payload: { course_id, course_name, course_url } as never,
    });
  const told = facts.map((fact) => ({ ...fact, id: newId<EventId>(), contactId: null, occurredAt: now }));
  const announcements = lessons.map((placed): NewEvent => {
    const payload: Announcement = {
      lesson: lessonTold(after, placed),
      course: { id: after.id, name: after.name },
      after: null,
    };
    const type = announcing;
    return { id: newId<EventId>(), type, contactId: null, payload: { ...payload }, occurredAt: now };
  });
  await recordEvents(tx, orgId, [...told, ...announcements]);
  await tellOutside(
    tx,
    told.map(({ type, payload }) => ({ orgId, id: newId<OutboxId>(), type, payload, occurredAt: now })),
  );
}
