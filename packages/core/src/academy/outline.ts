import type { Course, CourseInput, CourseModule, Lesson, LessonPut } from '@halyard/contracts/academy/course';
import { DomainError } from '../domain-error.js';

type Modules = readonly CourseModule[];

/** A lesson with the module that it belongs to. */
export interface PlacedLesson {
  lesson: Lesson;
  module: CourseModule;
}

const lessonsOf = (modules: Modules): PlacedLesson[] =>
  modules.flatMap((module) => module.lessons.map((lesson) => ({ lesson, module })));

export const findLesson = (modules: Modules, id: string): PlacedLesson | undefined =>
  lessonsOf(modules).find(({ lesson }) => lesson.id === id);

/** Where a lesson stands in its course, from 0; -1 when it is not in it (any more). */
export const placeOf = (modules: Modules, id: string): number =>
  lessonsOf(modules).findIndex(({ lesson }) => lesson.id === id);

/** Throws `invalid_request` when a course has no such lesson. */
export function demandLesson(modules: Modules, id: string, path: string): void {
  if (placeOf(modules, id) >= 0) return;
  const message =
    'This course has no such lesson. Add it with PUT /courses/{id}/lessons/{lesson_id}, or with its course.';
  throw new DomainError('invalid_request', message, [{ path, message }]);
}

/** Modules as they are told, with the moments at which what was known before was published. */
export function outlineOf(given: CourseInput['modules'], before: Modules, now: Date): CourseModule[] {
  const known = new Map(lessonsOf(before).map(({ lesson }) => [lesson.id, lesson.published_at]));
  return given.map(({ id, name, url, lessons }) => ({
    id,
    name,
    url: url ?? null,
    lessons: lessons.map((lesson) => ({
      id: lesson.id,
      name: lesson.name,
      url: lesson.url ?? null,
      published_at: known.get(lesson.id) ?? (lesson.published ? now.toISOString() : null),
    })),
  }));
}

/** The modules with one lesson changed in its place, moved to the end of another module, or added to one. */
export function withLesson(modules: Modules, id: string, put: LessonPut, now: Date): CourseModule[] {
  const target = modules.find((module) => module.id === put.module_id);
  if (!target) throw noModule();
  const before = findLesson(modules, id);
  const lesson: Lesson = {
    id,
    name: put.name,
    url: put.url ?? null,
    published_at: before?.lesson.published_at ?? (put.published ? now.toISOString() : null),
  };
  return modules.map((module) => {
    const stays = module === target && before?.module === target;
    if (stays) return { ...module, lessons: module.lessons.map((one) => (one.id === id ? lesson : one)) };
    const others = module.lessons.filter((one) => one.id !== id);
    return { ...module, lessons: module === target ? [...others, lesson] : others };
  });
}

/** The modules with a lesson published; null when the course has no such lesson. */
export function withPublished(modules: Modules, id: string, now: Date): CourseModule[] | null {
  if (!findLesson(modules, id)) return null;
  const publish = (lesson: Lesson): Lesson =>
    lesson.id === id ? { ...lesson, published_at: lesson.published_at ?? now.toISOString() } : lesson;
  return modules.map((module) => ({ ...module, lessons: module.lessons.map(publish) }));
}

/** Lessons that became public by a change of a course that is itself public: those enrolled are told of them. */
export function newlyPublished(before: Course, after: Course): PlacedLesson[] {
  if (!before.published_at) return [];
  const known = new Set(
    lessonsOf(before.modules).flatMap(({ lesson }) => (lesson.published_at ? lesson.id : [])),
  );
  return lessonsOf(after.modules).filter(
    ({ lesson }) => lesson.published_at !== null && !known.has(lesson.id),
  );
}

function noModule(): DomainError {
  const message = 'This course has no such module. Add it with PUT /courses/{id}.';
  return new DomainError('invalid_request', message, [{ path: 'body.module_id', message }]);
}
