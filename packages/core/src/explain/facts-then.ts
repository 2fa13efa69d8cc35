import { withNextLesson } from '../academy/enrollment-facts.js';
import type { Facts } from '../conditions/evaluate.js';

/** Facts as they were at a moment, and which of them are only known as they are now. */
export interface FactsThen {
  facts: Facts;
  at: Date;
  /** `now`: what it was then is not recorded. */
  asOf(field: string): 'then' | 'now';
}

/** What is on record about the time since a moment. */
export interface Since {
  /** Changes of the booking or enrollment since then, oldest first, as their events tell them: what each field was and became. */
  subjectChanges: { type: string; at: Date; changes: Record<string, { from: unknown; to: unknown }> }[];
  /** When it was last changed up to then. */
  subjectChangedAt: Date | null;
  /** Names of what changed about the contact since then; events name it without the values. */
  contactChanges: string[];
  /** The contact was merged or erased since then: any of its facts may have been others. */
  contactReplaced: boolean;
  productChanged: boolean;
  courseChanged: boolean;
  organizationChanged: boolean;
}

/**
 * Rolls facts back to a moment. Bookings and enrollments are rolled back value by value, as their events hold what
 * each field was; courses are known as they are now.
 * Events about contacts name what changed and not what it was (an erasure must not leave it in them), so what has not
 * changed since is known, and what has is only known as it is now. Engagement and events carry their own moments.
 */
export function rollBack(now: Facts, since: Since, at: Date): FactsThen {
  const facts = { ...now, subject: subjectThen(now.subject, since) };
  const productMoved = since.subjectChanges.some(({ changes }) => changes.product_id);
  return {
    facts,
    at,
    asOf: (field) => {
      const [tree, name = '', inner] = field.split('.');
      switch (tree) {
        case 'contact':
          return contactKnown(name, inner, since) ? 'then' : 'now';
        case 'subject':
          return since.courseChanged && ofCourse.includes(name) ? 'now' : 'then';
        case 'product':
          return since.productChanged || productMoved ? 'now' : 'then';
        case 'organization':
          return since.organizationChanged ? 'now' : 'then';
        default:
          return 'then';
      }
    },
  };
}

const ofCourse = ['course', 'modules', 'module', 'next_lesson'];

/** Moments that the changes in events of bookings do not name; those of enrollments do. */
const stamps: Record<string, readonly string[]> = {
  'booking.checked_in': ['checked_in_at'],
  'booking.completed': ['completed_at'],
  'booking.cancelled': ['cancelled_at'],
};

function subjectThen(subject: unknown, { subjectChanges, subjectChangedAt }: Since): unknown {
  if (subjectChanges.length === 0 || typeof subject !== 'object' || subject === null) return subject;
  const then: Record<string, unknown> = { ...subject };
  for (const { type, changes } of subjectChanges.toReversed()) {
    for (const [field, { from }] of Object.entries(changes)) then[field] = from;
    for (const stamp of stamps[type] ?? []) then[stamp] = null;
    if (typeof then.revision === 'number') then.revision -= 1;
  }
  const updated_at = subjectChangedAt?.toISOString() ?? then.created_at ?? then.enrolled_at ?? null;
  return then.type === 'enrollment' ? withNextLesson({ ...then, updated_at }) : { ...then, updated_at };
}

const own = ['first_name', 'last_name', 'locale', 'time_zone', 'country', 'preferred_channel', 'external_id'];

function contactKnown(name: string, inner: string | undefined, since: Since): boolean {
  if (name === 'id' || name === 'created_at') return true;
  if (since.contactReplaced) return false;
  const { contactChanges } = since;
  if (name === 'updated_at') return contactChanges.length === 0;
  if (own.includes(name)) return !contactChanges.includes(name);
  if (name !== 'attributes') return !contactChanges.includes('identities');
  return inner === undefined
    ? !contactChanges.some((changed) => changed.startsWith('attributes.'))
    : !contactChanges.includes(`attributes.${inner}`);
}
