import { z } from 'zod';
import { contactReference, NamedContact, namesOneContact } from '../contacts/reference.js';
import { storable } from '../events/storable.js';
import { Attributes, Instant, PageQuery } from '../primitives.js';

export const EnrollmentStatus = z.enum(['active', 'completed', 'cancelled']);
export type EnrollmentStatus = z.output<typeof EnrollmentStatus>;

const attributes = Attributes.refine(storable, 'Text may not hold the character U+0000.');

/**
 * Somebody takes a course. Whoever is enrolled in it already stays so: attributes are merged, and an enrollment that was
 * cancelled goes on.
 */
export const EnrollmentInput = z
  .strictObject({ course_id: z.uuid(), ...contactReference, attributes: attributes.default({}) })
  .refine(namesOneContact, 'Give contact_id or contact: one of the two.')
  .meta({ id: 'EnrollmentInput' });
export type EnrollmentInput = z.output<typeof EnrollmentInput>;

/** Attributes are merged: those given are set, null removes one, the others stay. */
export const EnrollmentPatch = z.strictObject({ attributes }).meta({ id: 'EnrollmentPatch' });
export type EnrollmentPatch = z.output<typeof EnrollmentPatch>;

export const Percent = z.number().min(0).max(100);

/**
 * How far an enrollment is. What lies behind what is known already changes nothing, so reports may come twice and in any
 * order; with `correction` it is taken as it is. 100 percent complete the course.
 */
export const ProgressInput = z
  .strictObject({
    completed_percent: Percent.optional(),
    /** Null: there is none for now. */
    next_lesson_id: z.uuid().nullable().optional(),
    completed_lesson_id: z.uuid().optional(),
    correction: z.boolean().default(false),
  })
  .refine(
    ({ completed_percent, next_lesson_id, completed_lesson_id }) =>
      completed_percent !== undefined || next_lesson_id !== undefined || completed_lesson_id !== undefined,
    'Say what has come: completed_percent, next_lesson_id or completed_lesson_id.',
  )
  .meta({ id: 'ProgressInput' });
export type ProgressInput = z.output<typeof ProgressInput>;

/**
 * Progress as an academy tells it, in its own ids. `user_id` is the contact's identity `crm_user_id`; who is not known yet,
 * or not enrolled, becomes so.
 */
export const AcademyProgress = z
  .strictObject({
    tenant_id: z.uuid(),
    user_id: z.uuid(),
    course_id: z.uuid(),
    progress: z.strictObject({ completed_percent: Percent }),
    next_lesson_id: z.uuid().nullable(),
  })
  .meta({ id: 'AcademyProgress' });
export type AcademyProgress = z.output<typeof AcademyProgress>;

export const Enrollment = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid(),
    course_id: z.uuid(),
    status: EnrollmentStatus,
    completed_percent: Percent,
    next_lesson_id: z.uuid().nullable(),
    /** Lessons that are known to be completed, in the order of becoming so. */
    completed_lessons: z.array(z.uuid()),
    attributes: Attributes,
    /** Grows with every change. */
    revision: z.number().int(),
    enrolled_at: Instant,
    /** When something was last learnt; of somebody who has not begun, when they enrolled. */
    last_activity_at: Instant,
    completed_at: Instant.nullable(),
    cancelled_at: Instant.nullable(),
    cancel_reason: z.string().nullable(),
    updated_at: Instant,
  })
  .meta({ id: 'Enrollment' });
export type Enrollment = z.output<typeof Enrollment>;

/** With who takes which course, by name. */
export const ListedEnrollment = Enrollment.extend({
  /** Null when the contact was erased. */
  contact: NamedContact.nullable(),
  course: z.object({ id: z.uuid(), name: z.string() }),
}).meta({ id: 'ListedEnrollment' });
export type ListedEnrollment = z.output<typeof ListedEnrollment>;

export const EnrollmentQuery = PageQuery.extend({
  contact_id: z.uuid().optional(),
  course_id: z.uuid().optional(),
  status: EnrollmentStatus.optional(),
});
export type EnrollmentQuery = z.output<typeof EnrollmentQuery>;
