import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';

export const ReviewKind = z.enum([
  'dead_message',
  'unknown_message',
  'failed_event',
  'failed_run',
  'quarantined_input',
  'failed_delivery',
]);
export type ReviewKind = z.output<typeof ReviewKind>;

/** Something that a person must look at. */
export const ReviewItem = z
  .object({
    id: z.uuid(),
    kind: ReviewKind,
    subject: z.object({ type: z.string(), id: z.string() }),
    reason: z.string(),
    detail: z.record(z.string(), z.json()),
    status: z.enum(['open', 'replayed', 'resolved']),
    created_at: Instant,
    resolved_at: Instant.nullable(),
    resolved_by: z.string().nullable(),
  })
  .meta({ id: 'ReviewItem' });
export type ReviewItem = z.output<typeof ReviewItem>;

export const ReviewQuery = PageQuery.extend({
  kind: ReviewKind.optional(),
  status: z.enum(['open', 'replayed', 'resolved']).default('open'),
});
export type ReviewQuery = z.output<typeof ReviewQuery>;

export const ReviewCounts = z
  .object({ open: z.array(z.object({ kind: ReviewKind, n: z.number().int() })) })
  .meta({ id: 'ReviewCounts' });
export type ReviewCounts = z.output<typeof ReviewCounts>;

/** `confirm`: also where it may already have reached the person (a message whose outcome is unknown). */
const Confirmation = z.strictObject({ confirm: z.boolean().default(false) });

const ReplayedItems = z
  .object({
    replayed: z.number().int(),
    refused: z.number().int(),
    remaining: z.number().int(),
    next_cursor: z.uuid().nullable(),
  })
  .meta({ id: 'ReplayedItems' });

const tag = 'Review';
const reads = { role: 'viewer', scope: 'messages:read' } as const;
const writes = { role: 'editor', scope: 'messages:write' } as const;

export const reviewRoutes = {
  list: route({
    id: 'listReviewItems',
    method: 'GET',
    path: '/review-items',
    tag,
    summary: 'List what a person must look at, newest first',
    access: reads,
    query: ReviewQuery,
    response: pageOf(ReviewItem),
  }),
  counts: route({
    id: 'countReviewItems',
    method: 'GET',
    path: '/review-items/counts',
    tag,
    summary: 'Count the open items of each kind',
    access: reads,
    response: ReviewCounts,
  }),
  read: route({
    id: 'readReviewItem',
    method: 'GET',
    path: '/review-items/:id',
    tag,
    summary: 'Read one of them, open or not',
    access: reads,
    params: IdParams,
    response: ReviewItem,
  }),
  replayAll: route({
    id: 'replayReviewItems',
    method: 'POST',
    path: '/review-items/replay',
    tag,
    summary: 'Try all open items of a kind again, oldest first, up to a thousand at a time',
    access: writes,
    description: 'Items that are refused stay open: go on with `next_cursor`, until it is null.',
    body: Confirmation.extend({ kind: ReviewKind, cursor: z.uuid().optional() }),
    response: ReplayedItems,
  }),
  replay: route({
    id: 'replayReviewItem',
    method: 'POST',
    path: '/review-items/:id/replay',
    tag,
    summary: 'Try it again',
    description:
      'A quarantined input is tried as it came, or as `payload` when that is given: what is wrong with it then is told as for the input itself.',
    access: writes,
    params: IdParams,
    body: Confirmation.extend({ payload: z.record(z.string(), z.json()).optional() }),
    response: ReviewItem,
    errors: ['invalid_state'],
  }),
  resolve: route({
    id: 'resolveReviewItem',
    method: 'POST',
    path: '/review-items/:id/resolve',
    tag,
    summary: 'Leave it as it is',
    access: writes,
    params: IdParams,
    response: ReviewItem,
    errors: ['invalid_state'],
  }),
};
