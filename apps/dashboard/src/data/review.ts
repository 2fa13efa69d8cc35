import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type ReviewItem = Schema<'ReviewItem'>;
export type ReviewKind = ReviewItem['kind'];

export const reviewKinds = [
  'dead_message',
  'unknown_message',
  'failed_event',
  'failed_run',
  'quarantined_input',
  'failed_delivery',
] as const satisfies readonly ReviewKind[];

export const reviewItemsQuery = (kind: string, status: ReviewItem['status']) =>
  pagesQuery(['review-items', 'list', kind, status], (at) => {
    const query = { status, limit: 50, ...(kind && { kind: kind as ReviewKind }), ...at };
    return answerOf(halyard.GET('/review-items', { params: { query } }));
  });

/** How many of each kind are open. */
export const reviewCountsQuery = queryOptions({
  queryKey: ['review-items', 'counts'],
  queryFn: () => answerOf(halyard.GET('/review-items/counts')),
});

export const reviewItemQuery = (id: string) =>
  queryOptions({
    queryKey: ['review-items', 'item', id],
    queryFn: () => answerOf(halyard.GET('/review-items/{id}', { params: { path: { id } } })),
  });

export const outreachStateQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', 'outreach', id],
    queryFn: () => answerOf(halyard.GET('/outreach/items/{id}', { params: { path: { id } } })),
  });

interface Again {
  item: ReviewItem;
  /** A quarantined input, mended. */
  payload?: Record<string, unknown>;
}

export const replayItem = ({ item: { id, kind }, payload }: Again) =>
  answerOf(
    halyard.POST('/review-items/{id}/replay', {
      params: { path: { id } },
      body: {
        confirm: kind === 'unknown_message',
        ...(payload && { payload: payload as Record<string, never> }),
      },
    }),
  );

/** All open items of a kind: the API takes a thousand at a time. */
export async function replayAll(kind: ReviewKind): Promise<{ replayed: number; refused: number }> {
  const sum = { replayed: 0, refused: 0 };
  const body = { kind, confirm: kind === 'unknown_message' };
  let cursor: string | null = null;
  do {
    const round: Schema<'ReplayedItems'> = await answerOf(
      halyard.POST('/review-items/replay', { body: { ...body, ...(cursor !== null && { cursor }) } }),
    );
    sum.replayed += round.replayed;
    sum.refused += round.refused;
    cursor = round.next_cursor;
  } while (cursor !== null);
  return sum;
}
