import { expect, test } from 'vitest';
import { enrollmentFacts, outlineFacts } from '../academy/enrollment-facts.js';
import type { Since } from './facts-then.js';
import { rollBack } from './facts-then.js';

const at = new Date('2026-05-01T09:00:00Z');
const later = new Date('2026-05-02T09:00:00Z');
const nothing: Since = {
  subjectChanges: [],
  subjectChangedAt: at,
  contactChanges: [],
  contactReplaced: false,
  productChanged: false,
  courseChanged: false,
  organizationChanged: false,
};
const lesson = (id: string) => ({
  id,
  name: `Lesson ${id}`,
  url: null,
  published_at: '2026-01-01T00:00:00Z',
});
const outline = outlineFacts({
  id: 'k',
  name: 'Knots',
  url: null,
  attributes: {},
  modules: [{ id: 'm', name: 'Ropes', url: null, lessons: [lesson('a'), lesson('b')] }],
});
const row = { id: 'e', status: 'active', completed_percent: 60, next_lesson_id: 'b', revision: 3 };
const subject = enrollmentFacts(row, outline);
const progress = {
  type: 'enrollment.progressed',
  at: later,
  changes: { completed_percent: { from: 20, to: 60 }, next_lesson_id: { from: 'a', to: 'b' } },
};

test('an enrollment is rolled back with the lesson that was next then', () => {
  const { facts } = rollBack({ subject }, { ...nothing, subjectChanges: [progress] }, at);
  expect(facts.subject).toMatchObject({
    completed_percent: 20,
    revision: 2,
    next_lesson: { name: 'Lesson a' },
  });
});

test('of a course that was changed since, only what it is now is known', () => {
  const { asOf } = rollBack({ subject }, { ...nothing, courseChanged: true }, at);
  expect(asOf('subject.course.name')).toBe('now');
  expect(asOf('subject.completed_percent')).toBe('then');
});
