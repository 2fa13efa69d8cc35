import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type SandboxMessage = Schema<'SandboxMessage'>;
export type SandboxMessageDetail = Schema<'SandboxMessageDetail'>;
export type SandboxAction = Schema<'SandboxAction'>;

/** What the inbox can be narrowed down to; '' for all. */
export interface InboxFilter {
  recipient: string;
  channel: string;
}

export const inboxQuery = ({ recipient, channel }: InboxFilter) =>
  pagesQuery(['sandbox', 'list', recipient, channel], (at) => {
    const narrowed = { ...(recipient && { recipient }), ...(channel && { channel }) } as {
      recipient?: string;
      channel?: SandboxMessage['channel'];
    };
    return answerOf(halyard.GET('/sandbox/inbox', { params: { query: { ...narrowed, ...at, limit: 50 } } }));
  });

export const sandboxMessageQuery = (id: string) =>
  queryOptions({
    queryKey: ['sandbox', 'message', id],
    queryFn: () => answerOf(halyard.GET('/sandbox/inbox/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY, // it never changes
  });
