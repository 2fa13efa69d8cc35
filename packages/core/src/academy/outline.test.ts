import type { Course } from '@halyard/contracts/academy/course';
import { expect, test } from 'vitest';
import { enrollmentFacts, outlineFacts } from './enrollment-facts.js';
import { newlyPublished, outlineOf, withLesson, withPublished } from './outline.js';

const now = new Date('2026-04-01T10:00:00Z');
const later = new Date('2026-05-01T10:00:00Z');
const lesson = (id: string, published = true) => ({ id, name: id, url: null, published });
const given = [
  { id: 'm1', name: 'Ropes', url: null, lessons: [lesson('a'), lesson('b', false)] },
  { id: 'm2', name: 'Wind', url: null, lessons: [lesson('c')] },
];
const modules = outlineOf(given, [], now);
const course = (of: Course['modules'], published_at: string | null = now.toISOString()): Course => ({
  id: 'k',
  name: 'Sailing',
  url: null,
  published_at,
  attributes: {},
  modules: of,
  created_at: now.toISOString(),
  updated_at: now.toISOString(),
});
const ids = (found: ReturnType<typeof newlyPublished>) => found.map(({ lesson: { id } }) => id);
const put = (module_id: string) => ({ module_id, name: 'New name', url: null, published: true });

test('what was published stays so when it is told again, and what is new is published then', () => {
  const again = outlineOf(
    [{ ...given[0], id: 'm1', name: 'Ropes', lessons: [lesson('a', false), lesson('d')] }],
    modules,
    later,
  );
  expect(again[0]?.lessons.map(({ published_at }) => published_at)).toEqual([
    now.toISOString(),
    later.toISOString(),
  ]);
  expect(ids(newlyPublished(course(modules), course(again)))).toEqual(['d']);
});

test('publishing a lesson is news once, and none while the course is a draft', () => {
  const published = withPublished(modules, 'b', later) ?? [];
  expect(ids(newlyPublished(course(modules), course(published)))).toEqual(['b']);
  expect(withPublished(published, 'b', later)).toEqual(published);
  expect(ids(newlyPublished(course(modules, null), course(published)))).toEqual([]);
  expect(withPublished(modules, 'z', later)).toBeNull();
});

test('a lesson is changed in its place, moved to another module, or added at its end', () => {
  const names = (of: Course['modules']) => of.map(({ lessons }) => lessons.map(({ id }) => id).join(''));
  expect(names(withLesson(modules, 'a', put('m1'), later))).toEqual(['ab', 'c']);
  expect(names(withLesson(modules, 'a', put('m2'), later))).toEqual(['b', 'ca']);
  expect(names(withLesson(modules, 'd', put('m2'), later))).toEqual(['ab', 'cd']);
  expect(() => withLesson(modules, 'a', put('m3'), later)).toThrow('no such module');
});

test('facts hold what is published, numbered through, and where the next lesson stands', () => {
  const facts = enrollmentFacts({ id: 'e', next_lesson_id: 'c' }, outlineFacts(course(modules)));
  expect(facts).toMatchObject({
    type: 'enrollment',
    course: { name: 'Sailing', module_count: 2, lesson_count: 2 },
    module: { id: 'm2', number: 2 },
    next_lesson: { id: 'c', number: 2 },
  });
  const none = enrollmentFacts({ next_lesson_id: 'b' }, outlineFacts(course(modules)));
  expect(none).toMatchObject({ next_lesson: null, module: null });
});
