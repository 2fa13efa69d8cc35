import type { Course } from '@halyard/contracts/academy/course';
import type { ContactId, EnrollmentId } from '../ids.js';
import type { PlacedLesson } from './outline.js';

/**
 * A lesson was published and those enrolled are to be told: decided by going through them, a chunk per event, so that
 * neither the request nor one decision holds thousands (announce.ts).
 */
export const announcing = 'lesson.announcing';

/** Payload of `lesson.announcing`. */
export interface Announcement {
  lesson: LessonTold;
  course: { id: string; name: string };
  /** The enrollment after which the next chunk begins; null: from the first. */
  after: string | null;
}

/** Somebody who takes a course. */
export interface Enrolled {
  id: EnrollmentId;
  contactId: ContactId;
}

/** A lesson as events tell of it. */
export interface LessonTold {
  course_id: string;
  lesson_id: string;
  lesson_name: string;
  lesson_url: string | null;
  module_id: string;
  module_name: string;
}

export const lessonTold = (course: Pick<Course, 'id'>, { lesson, module }: PlacedLesson): LessonTold => ({
  course_id: course.id,
  lesson_id: lesson.id,
  lesson_name: lesson.name,
  lesson_url: lesson.url,
  module_id: module.id,
  module_name: module.name,
});
