import type { CourseModule } from '@halyard/contracts/academy/course';
import type { Enrollment } from '@halyard/contracts/academy/enrollment';
import { mergeAttributes } from '../bookings/transitions.js';
import { DomainError } from '../domain-error.js';
import { stableJson } from '../stable-json.js';
import type { Progress } from './progress.js';
import { progressed } from './progress.js';

/**
 * active → completed
 *    └──► cancelled → active (enrolled again)
 *
 * Progress only moves forward: reports that come twice, late or out of order change nothing. A correction may move it
 * anywhere, also out of `completed`. What asks for the state that an enrollment is in changes nothing.
 */

/** An enrollment without the stamp that the store keeps. */
export type EnrollmentState = Omit<Enrollment, 'updated_at'>;

export type EnrollmentChange =
  | { kind: 'update'; attributes: Record<string, unknown> }
  | ({ kind: 'progress' } & Progress)
  | { kind: 'cancel'; reason?: string | undefined }
  | { kind: 'resume' };

export type EnrollmentEventType =
  | 'enrollment.created'
  | 'enrollment.changed'
  | 'enrollment.progressed'
  | 'enrollment.corrected'
  | 'enrollment.completed'
  | 'enrollment.cancelled'
  | 'enrollment.resumed';

/** What becomes of an enrollment: null when the change changes nothing. */
export type Transition = {
  enrollment: EnrollmentState;
  event: EnrollmentEventType;
  /** Lessons that are completed by it. */
  completedLessons: string[];
} | null;

export function newEnrollment(
  ids: { id: string; contactId: string; courseId: string },
  attributes: Record<string, unknown>,
  now: Date,
): EnrollmentState {
  return {
    id: ids.id,
    contact_id: ids.contactId,
    course_id: ids.courseId,
    status: 'active',
    completed_percent: 0,
    next_lesson_id: null,
    completed_lessons: [],
    attributes: mergeAttributes({}, attributes),
    revision: 1,
    enrolled_at: now.toISOString(),
    last_activity_at: now.toISOString(),
    completed_at: null,
    cancelled_at: null,
    cancel_reason: null,
  };
}

/** Applies a change. Throws `invalid_state` when the enrollment's state does not allow it. */
export function applyChange(
  before: EnrollmentState,
  change: EnrollmentChange,
  modules: readonly CourseModule[],
  now: Date,
): Transition {
  switch (change.kind) {
    case 'update': {
      const attributes = mergeAttributes(before.attributes, change.attributes);
      if (stableJson(attributes) === stableJson(before.attributes)) return null;
      return next(before, 'enrollment.changed', { attributes });
    }
    case 'progress':
      return progress(before, change, modules, now);
    case 'cancel':
      if (before.status === 'cancelled') return null;
      if (before.status === 'completed') throw invalidState('A course that is completed cannot be left.');
      return next(before, 'enrollment.cancelled', {
        status: 'cancelled',
        cancelled_at: now.toISOString(),
        cancel_reason: change.reason ?? null,
      });
    case 'resume':
      if (before.status !== 'cancelled') return null;
      return next(before, 'enrollment.resumed', {
        status: 'active',
        cancelled_at: null,
        cancel_reason: null,
        last_activity_at: now.toISOString(),
      });
  }
}

function progress(
  before: EnrollmentState,
  change: Progress,
  modules: readonly CourseModule[],
  now: Date,
): Transition {
  if (before.status === 'cancelled')
    throw invalidState('This enrollment is cancelled: enroll the contact again with POST /enrollments.');
  const { percent, nextLessonId, completedLessons } = progressed(before, change, modules);
  const isDone = percent === 100;
  const after = {
    status: isDone ? ('completed' as const) : ('active' as const),
    completed_percent: percent,
    next_lesson_id: nextLessonId,
    completed_lessons: [...before.completed_lessons, ...completedLessons],
    completed_at: isDone ? (before.completed_at ?? now.toISOString()) : null,
  };
  const same = Object.entries(after).every(
    ([field, value]) => stableJson(value) === stableJson(before[field as keyof typeof after]),
  );
  if (same) return null;
  const completes = isDone && before.status !== 'completed';
  const event = change.correction ? 'enrollment.corrected' : 'enrollment.progressed';
  // What somebody put right is nothing that was learnt.
  const activity = change.correction ? {} : { last_activity_at: now.toISOString() };
  const moved = next(before, completes ? 'enrollment.completed' : event, { ...after, ...activity });
  return moved && { ...moved, completedLessons };
}

const next = (
  before: EnrollmentState,
  event: EnrollmentEventType,
  changed: Partial<EnrollmentState>,
): Transition => ({
  enrollment: { ...before, ...changed, revision: before.revision + 1 },
  event,
  completedLessons: [],
});

const invalidState = (message: string): DomainError => new DomainError('invalid_state', message);

const told = [
  'status',
  'completed_percent',
  'next_lesson_id',
  'completed_lessons',
  'attributes',
  'last_activity_at',
  'completed_at',
  'cancelled_at',
  'cancel_reason',
] as const;

/** The fields that differ, each with what it was and what it is: for the event and the audit log. */
export function differences(
  before: EnrollmentState | null,
  after: EnrollmentState,
): Record<string, { from: unknown; to: unknown }> {
  const changed: Record<string, { from: unknown; to: unknown }> = {};
  for (const field of told) {
    const from = before?.[field] ?? null;
    const to = after[field];
    if (stableJson(from) !== stableJson(to)) changed[field] = { from, to };
  }
  return changed;
}
