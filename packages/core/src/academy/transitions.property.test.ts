import type { CourseModule } from '@halyard/contracts/academy/course';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../domain-error.js';
import type { EnrollmentChange, EnrollmentState } from './transitions.js';
import { applyChange, newEnrollment } from './transitions.js';

const now = new Date('2026-04-01T10:00:00Z');
const lessons = ['a', 'b', 'c', 'd', 'e'];
const modules: CourseModule[] = [lessons.slice(0, 3), lessons.slice(3)].map((ids, n) => ({
  id: `m${n}`,
  name: `Module ${n}`,
  url: null,
  lessons: ids.map((id) => ({ id, name: id, url: null, published_at: null })),
}));
const fresh = newEnrollment({ id: 'e', contactId: 'p', courseId: 'k' }, {}, now);

const aLesson = fc.constantFrom(...lessons);
const aReport = (correction: fc.Arbitrary<boolean>): fc.Arbitrary<EnrollmentChange> =>
  fc.record(
    {
      kind: fc.constant('progress' as const),
      percent: fc.constantFrom(0, 20, 40, 60, 80, 100),
      nextLessonId: fc.oneof(aLesson, fc.constant(null)),
      completedLessonId: aLesson,
      correction,
    },
    { requiredKeys: ['kind', 'correction'] },
  );
const other = fc.constantFrom<EnrollmentChange>(
  { kind: 'cancel' },
  { kind: 'resume' },
  { kind: 'update', attributes: { level: 2 } },
);
const reports = fc.array(aReport(fc.constant(false)), { maxLength: 12 });
const stories = fc.array(fc.oneof(aReport(fc.boolean()), other), { maxLength: 12 });

/** Applies a change; one that is refused leaves the enrollment as it is. */
function tried(state: EnrollmentState, change: EnrollmentChange): EnrollmentState {
  try {
    return applyChange(state, change, modules, now)?.enrollment ?? state;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid_state') return state;
    throw error;
  }
}

const isCorrection = (change: EnrollmentChange) => change.kind === 'progress' && change.correction;

test('Feature: academy, Property 1: progress only moves forward unless it is corrected', () => {
  fc.assert(
    fc.property(stories, (changes) => {
      let state = fresh;
      for (const change of changes) {
        const after = tried(state, change);
        expect(after.completed_lessons).toEqual(expect.arrayContaining(state.completed_lessons));
        expect(new Set(after.completed_lessons).size).toBe(after.completed_lessons.length);
        if (!isCorrection(change)) {
          expect(after.completed_percent).toBeGreaterThanOrEqual(state.completed_percent);
          if (state.status === 'completed') expect(after.status).toBe('completed');
        }
        state = after;
      }
    }),
  );
});

test('Feature: academy, Property 2: the same change again changes nothing, and every effective one is a revision', () => {
  fc.assert(
    fc.property(stories, (changes) => {
      let state = fresh;
      for (const change of changes) {
        const after = tried(state, change);
        expect(after.revision).toBe(after === state ? state.revision : state.revision + 1);
        expect(tried(after, change)).toBe(after);
        state = after;
      }
    }),
  );
});

test('Feature: academy, Property 3: an enrollment is completed exactly when its percentage is a hundred', () => {
  fc.assert(
    fc.property(stories, (changes) => {
      const end = changes.reduce(tried, fresh);
      expect(end.status === 'completed').toBe(end.completed_at !== null);
      if (end.status !== 'cancelled') expect(end.status === 'completed').toBe(end.completed_percent === 100);
    }),
  );
});

test('Feature: academy, Property 4: in whatever order reports of progress come, the percentage and the lessons reported end the same', () => {
  fc.assert(
    fc.property(
      reports.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
      ),
      ([given, shuffled]) => {
        const [one, two] = [given, shuffled].map((order) => order.reduce(tried, fresh));
        expect(two?.completed_percent).toBe(one?.completed_percent);
        expect(two?.status).toBe(one?.status);
        const reported = given.flatMap((change) =>
          change.kind === 'progress' && change.completedLessonId ? change.completedLessonId : [],
        );
        for (const end of [one, two])
          expect(end?.completed_lessons).toEqual(expect.arrayContaining(reported));
      },
    ),
  );
});
