import { withNextLesson } from '../academy/enrollment-facts.js';
import type { EnrollmentState } from '../academy/transitions.js';
import { asStored } from './booking-facts.js';
import type { Tree } from './starting-point.js';

const instants = ['enrolled_at', 'last_activity_at', 'completed_at', 'cancelled_at', 'updated_at'];

const stored = (columns: Readonly<Record<string, unknown>>): Tree =>
  Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      instants.includes(name) && typeof value === 'string' ? asStored(value) : value,
    ]),
  );

/** An enrollment's columns as facts have them. */
export const storedEnrollment = (enrollment: EnrollmentState, at: Date): Tree =>
  stored({ ...enrollment, updated_at: at.toISOString() });

/** An enrollment as its transitions read it, from its facts. */
export function enrollmentOf(facts: Tree): EnrollmentState {
  const { type: _, course: __, modules: ___, module: ____, next_lesson: _____, updated_at, ...row } = facts;
  const read = Object.entries(row).map(([name, value]) => [
    name,
    instants.includes(name) && typeof value === 'string' ? new Date(value).toISOString() : value,
  ]);
  return Object.fromEntries(read) as EnrollmentState;
}

interface Payload {
  revision?: unknown;
  changes?: Record<string, { from: unknown; to: unknown }>;
}

const sideOf = ({ changes = {} }: Payload, side: 'from' | 'to'): Tree =>
  stored(Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change[side]])));

/** What a recorded event of an enrollment changed: the columns that its payload names, with their new values. */
export const enrollmentChange = (payload: Payload, at: Date): Tree => ({
  ...sideOf(payload, 'to'),
  revision: payload.revision,
  updated_at: asStored(at.toISOString()),
});

/** The enrollment as it was before a recorded event changed it. */
export const undoEnrollment = (facts: Tree, payload: Payload): Tree =>
  withNextLesson({ ...facts, ...sideOf(payload, 'from'), revision: Number(payload.revision) - 1 });

/** An enrollment as it was made: what the event of making it does not tell, as it is now or still empty. */
export const newlyEnrolled = (now: Tree): Tree => ({
  ...now,
  completed_percent: 0,
  next_lesson_id: null,
  completed_lessons: [],
  completed_at: null,
  cancelled_at: null,
  cancel_reason: null,
});
