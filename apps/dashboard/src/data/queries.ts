import type { Schema } from '@halyard/client/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Language } from '../i18n/locales';
import { halyard } from './halyard';
import { answerOf } from './problem';

export type Me = Schema<'Me'>;
export type Message = Schema<'Message'>;
export type ListedMessage = Schema<'ListedMessage'>;
export type MessageExplanation = Schema<'MessageExplanation'>;
export type StoryEntry = Schema<'StoryEntry'>;
export type Connection = Schema<'Connection'>;
export type OverviewFigures = Schema<'Overview'>;

export const meKey = ['me'] as const;
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async () => inAnOrganization(await answerOf(halyard.GET('/users/me'))),
  staleTime: 60_000,
});

/** A new session of somebody with several organizations is in none of them, and the API would refuse every page. */
async function inAnOrganization(me: Me): Promise<Me> {
  const [first] = me.memberships;
  if (!first || me.active_organization_id) return me;
  const { id } = first.organization;
  await answerOf(halyard.POST('/organizations/{id}/activate', { params: { path: { id } } }));
  return { ...me, active_organization_id: id };
}

export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: () => answerOf(halyard.GET('/organization')),
  staleTime: 5 * 60_000,
});

/** What a list of messages can be narrowed down to; '' for all. */
export interface MessageFilter {
  status: string;
  channel: string;
  class: string;
  source: string;
  contact_id: string;
}

type MessageQuery = NonNullable<
  NonNullable<Parameters<typeof halyard.GET<'/messages', object>>[1]> extends { params?: { query?: infer Q } }
    ? Q
    : never
>;

export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: ['messages', filter],
    queryFn: ({ pageParam }) => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
      const query = { ...given, limit: 50, ...(pageParam && { cursor: pageParam }) } as MessageQuery;
      return answerOf(halyard.GET('/messages', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });

/** The messages that are due next, soonest first. */
export const plannedQuery = queryOptions({
  queryKey: ['messages', 'planned'],
  queryFn: () =>
    answerOf(
      halyard.GET('/messages', { params: { query: { status: 'scheduled', order: 'due', limit: 12 } } }),
    ),
});

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: () => answerOf(halyard.GET('/messages/{id}', { params: { path: { id } } })),
  });

export const explanationQuery = (id: string, locale: Language) =>
  queryOptions({
    queryKey: ['message', id, 'explanation', locale],
    queryFn: () =>
      answerOf(halyard.GET('/messages/{id}/explain', { params: { path: { id }, query: { locale } } })),
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: () => answerOf(halyard.GET('/contacts/{id}', { params: { path: { id } } })),
    staleTime: 5 * 60_000,
  });

/** All flows, for their names. */
export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: () => answerOf(halyard.GET('/flows', { params: { query: { limit: 200 } } })),
  staleTime: 5 * 60_000,
});

/** All templates, for their names. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: () => answerOf(halyard.GET('/templates', { params: { query: { limit: 200 } } })),
  staleTime: 5 * 60_000,
});

export const reviewQuery = queryOptions({
  queryKey: ['review-items'],
  queryFn: () => answerOf(halyard.GET('/review-items', { params: { query: { limit: 50 } } })),
});

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => answerOf(halyard.GET('/connections', { params: { query: { limit: 100 } } })),
});

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => answerOf(halyard.GET('/overview', { params: { query: { days: 30 } } })),
});
