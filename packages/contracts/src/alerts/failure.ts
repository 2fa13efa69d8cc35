import { z } from 'zod';
import { Instant, PageQuery } from '../primitives.js';
import { Severity } from './rule.js';

/** An error of another service. */
export const ErrorReport = z
  .strictObject({
    service: z.string().trim().min(1).max(100),
    message: z.string().trim().min(1).max(5_000),
    severity: Severity.default('error'),
    /** The same for the same fault; made of service and message (without its numbers and ids) when left out. */
    fingerprint: z.string().min(1).max(200).optional(),
    occurred_at: Instant.optional(),
    details: z.record(z.string().max(200), z.json()).default({}),
  })
  .refine(({ details }) => JSON.stringify(details).length <= 20_000, {
    error: 'Details take 20000 characters at most.',
    path: ['details'],
  })
  // PostgreSQL cannot store U+0000 in text.
  .refine((input) => !JSON.stringify(input).includes('\\u0000'), 'Text may not hold the character U+0000.')
  .meta({ id: 'ErrorReport' });
export type ErrorReport = z.output<typeof ErrorReport>;

/** A fault, however often it was reported: the failure log. */
export const Failure = z
  .object({
    id: z.uuid(),
    /** `reported` by another service, or a `job` of Halyard's own that failed for good. */
    kind: z.enum(['reported', 'job']),
    service: z.string(),
    message: z.string(),
    severity: Severity,
    fingerprint: z.string(),
    /** How often. */
    count: z.number().int(),
    first_at: Instant,
    last_at: Instant,
    /** Of the latest. */
    details: z.record(z.string(), z.json()),
    /** A resolved one that happens again is open again. */
    status: z.enum(['open', 'resolved']),
    resolved_at: Instant.nullable(),
    resolved_by: z.string().nullable(),
  })
  .meta({ id: 'Failure' });
export type Failure = z.output<typeof Failure>;

/** Newest first, by when they happened last. */
export const FailureQuery = PageQuery.extend({
  kind: Failure.shape.kind.optional(),
  service: z.string().max(100).optional(),
  severity: Severity.optional(),
  status: Failure.shape.status.optional(),
  since: Instant.optional(),
});
export type FailureQuery = z.output<typeof FailureQuery>;
