import type { CourseModule } from '@halyard/contracts/academy/course';
import type { Enrollment } from '@halyard/contracts/academy/enrollment';
import { demandLesson, placeOf } from './outline.js';

/** What is told of an enrollment's progress. What is left out is not said. */
export interface Progress {
  percent?: number | undefined;
  nextLessonId?: string | null | undefined;
  completedLessonId?: string | undefined;
  /** Taken as it is, even if it lies behind what is known. */
  correction: boolean;
}

export interface Reached {
  percent: number;
  nextLessonId: string | null;
  /** Those that were not known to be completed before. */
  completedLessons: string[];
}

type Known = Pick<Enrollment, 'completed_percent' | 'next_lesson_id' | 'completed_lessons'>;

/**
 * How far somebody is after a report. One that lies behind (a smaller percentage, or the same with an earlier next lesson)
 * was overtaken by a later one, and says nothing but that its completed lesson is completed. When the next lesson becomes
 * another one further on, the one that was next is completed too.
 */
export function progressed(known: Known, given: Progress, modules: readonly CourseModule[]): Reached {
  if (typeof given.nextLessonId === 'string')
    demandLesson(modules, given.nextLessonId, 'body.next_lesson_id');
  if (given.completedLessonId) demandLesson(modules, given.completedLessonId, 'body.completed_lesson_id');
  const percent =
    given.percent === undefined || (!given.correction && given.percent < known.completed_percent)
      ? known.completed_percent
      : given.percent;
  const from = known.next_lesson_id;
  const to = nextLesson(known, given, modules);
  const leaves = !given.correction && from !== null && from !== to && isOnward(from, to, modules);
  const completed = [
    ...(given.completedLessonId ? [given.completedLessonId] : []),
    ...(leaves ? [from] : []),
  ];
  const isNew = (id: string, n: number) =>
    completed.indexOf(id) === n && !known.completed_lessons.includes(id);
  return { percent, nextLessonId: to, completedLessons: completed.filter(isNew) };
}

function nextLesson(known: Known, given: Progress, modules: readonly CourseModule[]): string | null {
  const from = known.next_lesson_id;
  const to = given.nextLessonId;
  if (to === undefined) return from;
  if (given.correction) return to;
  const percent = given.percent ?? known.completed_percent;
  if (percent < known.completed_percent) return from;
  return percent > known.completed_percent || isOnward(from, to, modules) ? to : from;
}

/** Whether going from one next lesson to another is no step back. Null: there was, or is, none for now. */
function isOnward(from: string | null, to: string | null, modules: readonly CourseModule[]): boolean {
  if (from === null || to === null) return true;
  return placeOf(modules, to) > placeOf(modules, from);
}
