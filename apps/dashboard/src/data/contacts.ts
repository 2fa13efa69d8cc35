import type { Schema } from '@halyard/client/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Contact = Schema<'Contact'>;
export type Identity = Contact['identities'][number];
export type Consent = Schema<'Consent'>;
export type CurrentConsent = Schema<'CurrentConsent'>;
export type Merge = Schema<'Merge'>;
export type ContactEvent = Schema<'Event'>;
export type ContactRun = Schema<'ContactRun'>;

/** What the list of contacts can be narrowed down to, and its order; '' where nothing is asked for. */
export const contactFilterNames = [
  'search',
  'country',
  'locale',
  'preferred_channel',
  'added',
  'order',
] as const;
export type ContactFilter = Record<(typeof contactFilterNames)[number], string>;

type ContactQuery = NonNullable<
  NonNullable<Parameters<typeof halyard.GET<'/contacts', object>>[1]> extends { params?: { query?: infer Q } }
    ? Q
    : never
>;

const day = 86_400_000;

/** The filter as the API takes it. `added`: in the last so many days. */
export function contactQueryOf({ added, ...filter }: ContactFilter, now: Date): Record<string, string> {
  const given = Object.entries(filter).filter(([, value]) => value.trim() !== '');
  const since = Number(added) > 0 && new Date(now.getTime() - Number(added) * day);
  return { ...Object.fromEntries(given), ...(since && { created_from: since.toISOString() }) };
}

export const contactsQuery = (filter: ContactFilter) => ({
  ...pagesQuery(['contacts', filter], (at) => {
    const query = { ...contactQueryOf(filter, new Date()), ...at, limit: 50 } as ContactQuery;
    return answerOf(halyard.GET('/contacts', { params: { query } }));
  }),
  placeholderData: keepPreviousData, // what was found stays until the next is there
});

/** Where the contacts of a list can be had as a file. */
export const contactsFile = (filter: ContactFilter): string => {
  const { order, ...query } = contactQueryOf(filter, new Date());
  const given = new URLSearchParams(query);
  return `/api/contacts/export.csv${given.size ? `?${given}` : ''}`;
};

/** The first contacts whose name or address begins so. */
export const searchQuery = (search: string) =>
  queryOptions({
    queryKey: ['contacts', 'search', search],
    queryFn: () => answerOf(halyard.GET('/contacts', { params: { query: { search, limit: 8 } } })),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });

const at = (id: string) => ({ params: { path: { id } } });

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'consents'],
    queryFn: () => answerOf(halyard.GET('/contacts/{id}/consents', at(id))),
  });

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: () => answerOf(halyard.GET('/topics')),
  staleTime: 5 * 60_000,
});

export const planOfContactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'plan'],
    queryFn: () => answerOf(halyard.GET('/contacts/{id}/plan', at(id))),
  });

export const mergesQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'merges'],
    queryFn: () => answerOf(halyard.GET('/contacts/{id}/merges', at(id))),
  });

/** Whether, and why, an address is not written to. */
export const suppressionQuery = (channel: SuppressedChannel, address: string) =>
  queryOptions({
    queryKey: ['suppressions', channel, address],
    queryFn: () =>
      answerOf(halyard.GET('/suppressions', { params: { query: { channel, address, limit: 1 } } })),
  });
export type SuppressedChannel = Schema<'Suppression'>['channel'];

export const eventsOfContactQuery = (id: string) =>
  pagesQuery(['contact', id, 'events'], (page) =>
    answerOf(
      halyard.GET('/contacts/{id}/events', { params: { path: { id }, query: { limit: 100, ...page } } }),
    ),
  );

/** A message may have been planned long before it went out: so many at once that none of them comes too late. */
export const messagesOfContactQuery = (id: string) =>
  pagesQuery(['contact', id, 'messages'], (page) =>
    answerOf(halyard.GET('/messages', { params: { query: { contact_id: id, limit: 200, ...page } } })),
  );

export const runsOfContactQuery = (id: string) =>
  pagesQuery(['contact', id, 'runs'], (page) =>
    answerOf(
      halyard.GET('/contacts/{id}/runs', { params: { path: { id }, query: { limit: 100, ...page } } }),
    ),
  );
