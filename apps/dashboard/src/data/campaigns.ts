import type { Schema } from '@halyard/client/client';
import type { Condition } from '@halyard/contracts/conditions';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Campaign = Schema<'Campaign'>;
export type CampaignInput = Schema<'CampaignInput'>;
export type CampaignSchedule = Schema<'CampaignSchedule'>;
export type CampaignStats = Schema<'CampaignStats'>;
export type Recipient = Schema<'Recipient'>;
export type RecipientStatus = Recipient['status'];

export const campaignStatuses = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const satisfies readonly Campaign['status'][];

const every = 2_000;

/** Of what is being sent the events are too many to be told live: the page asks now and then. */
const whileRunning = (running: boolean | undefined) => (running ? every : (false as const));

const at = (id: string) => ({ params: { path: { id } } });

export const campaignsQuery = (status: string) => ({
  ...pagesQuery(['campaigns', 'list', status], (page) => {
    const query = { limit: 50, ...(status && { status: status as Campaign['status'] }), ...page };
    return answerOf(halyard.GET('/campaigns', { params: { query } }));
  }),
  refetchInterval: ({ state }: { state: { data?: { pages: { items: Campaign[] }[] } | undefined } }) =>
    whileRunning(state.data?.pages.some(({ items }) => items.some(({ status: now }) => now === 'running'))),
});

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: () => answerOf(halyard.GET('/campaigns/{id}', at(id))),
    refetchInterval: ({ state }) => whileRunning(state.data?.status === 'running'),
  });

export const campaignStatsQuery = (id: string, running: boolean) =>
  queryOptions({
    queryKey: ['campaign', id, 'stats'],
    queryFn: () => answerOf(halyard.GET('/campaigns/{id}/stats', at(id))),
    refetchInterval: whileRunning(running),
  });

export const recipientsQuery = (id: string, status: string, running: boolean) => ({
  ...pagesQuery(['campaign', id, 'recipients', status], (page) => {
    const query = { limit: 50, ...(status && { status: status as RecipientStatus }), ...page };
    return answerOf(halyard.GET('/campaigns/{id}/recipients', { params: { path: { id }, query } }));
  }),
  refetchInterval: whileRunning(running),
});

/** How many an audience means, with ten of them. */
export const audienceQuery = (audience: Condition) =>
  queryOptions({
    queryKey: ['campaigns', 'audience', audience],
    queryFn: () => answerOf(halyard.POST('/campaigns/audience', { body: { audience } })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
