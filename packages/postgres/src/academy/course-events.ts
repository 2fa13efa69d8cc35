import type { Course } from '@halyard/contracts/academy/course';
import type { Announcement } from '@halyard/core/academy/events';
import { announcing, lessonTold } from '@halyard/core/academy/events';
import type { PlacedLesson } from '@halyard/core/academy/outline';
import { newlyPublished } from '@halyard/core/academy/outline';
import type { NewEvent } from '@halyard/core/events/event';
import type { EventId, Ids, OrgId } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import { tellOutside } from '../outbox-writer.js';

/** What happened, as it is recorded and told to the outside. */
type Fact = Pick<NewEvent, 'type' | 'subject' | 'payload'>;

/** Records what became public by a change of a course, tells the outside, and queues the telling of those enrolled. */
export async function tellCourse(
  tx: Tx,
  orgId: OrgId,
  { before, after }: { before: Course | null; after: Course },
  newId: Ids,
  now: Date,
): Promise<void> {
  const lessons = before ? newlyPublished(before, after) : [];
  const isPublished = after.published_at !== null && !before?.published_at;
  const facts = [
    ...(isPublished ? [coursePublished(after)] : []),
    ...lessons.map((placed) => lessonPublished(after, placed)),
  ];
  const announcements = lessons.map((placed) => announcementOf(after, placed));
  await recordEvents(
    tx,
    orgId,
    [...facts, ...announcements].map(
      (fact): NewEvent => ({ ...fact, id: newId<EventId>(), contactId: null, occurredAt: now }),
    ),
  );
  await tellOutside(
    tx,
    facts.map(({ type, payload }) => ({ orgId, id: newId<OutboxId>(), type, payload, occurredAt: now })),
  );
}

const coursePublished = ({ id, name, url }: Course): Fact => ({
  type: 'course.published',
  subject: { type: 'course', id },
  payload: { course_id: id, course_name: name, course_url: url },
});

const lessonPublished = (course: Course, placed: PlacedLesson): Fact => ({
  type: 'lesson.published',
  subject: { type: 'lesson', id: placed.lesson.id },
  payload: { ...lessonTold(course, placed), course_name: course.name },
});

function announcementOf(course: Course, placed: PlacedLesson): Fact {
  const { id, name } = course;
  const payload: Announcement = { lesson: lessonTold(course, placed), course: { id, name }, after: null };
  return { type: announcing, payload: { ...payload } };
}
