import type { Deciding, Work } from '../decide/work.js';
import type { NewEvent } from '../events/event.js';
import type { EventId, OrgId } from '../ids.js';
import type { Announcement } from './events.js';
import { announcing } from './events.js';

const chunk = 500;

/**
 * Tells one chunk of those who are enrolled of a lesson: an event `lesson.available` for each, and a request for the next
 * chunk. The events have a key of lesson and enrollment, so an announcement that is taken up again tells nobody twice.
 */
export async function announceChunk(
  orgId: OrgId,
  { announcement, at }: { announcement: Announcement; at: Date },
  work: Work,
  deciding: Deciding,
): Promise<void> {
  const { lesson, course, after } = announcement;
  const enrolled = await deciding.world.enrolledAfter(
    orgId,
    { courseId: course.id, after, until: at },
    chunk,
  );
  for (const { id, contactId } of enrolled) {
    const payload = { enrollment_id: id, course_name: course.name, ...lesson };
    const key = `lesson:${lesson.lesson_id}:available:${id}`;
    const event: NewEvent = {
      id: deciding.newId<EventId>(),
      type: 'lesson.available',
      contactId,
      subject: { type: 'enrollment', id },
      payload,
      occurredAt: at,
      key,
      fingerprint: key,
    };
    work.consequences.events.push({ orgId, event, decide: true });
  }
  const last = enrolled.at(-1);
  if (!last || enrolled.length < chunk) return;
  const event: NewEvent = {
    id: deciding.newId<EventId>(),
    type: announcing,
    contactId: null,
    payload: { lesson, course, after: last.id } satisfies Announcement,
    occurredAt: at,
  };
  work.consequences.events.push({ orgId, event, decide: true });
}
