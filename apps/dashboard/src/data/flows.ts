import type { Schema } from '@halyard/client/client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../i18n/locales';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Flow = Schema<'Flow'>;
export type FlowSummary = Schema<'FlowSummary'>;
export type FlowStatus = FlowSummary['status'];
export type FlowFinding = Schema<'FlowFinding'>;
export type FlowVersionSummary = Schema<'FlowVersionSummary'>;
export type FlowChange = Schema<'FlowChange'>;
export type FlowRun = Schema<'ListedRun'>;

/** What a list of flows can be narrowed down to; '' for all that are not archived. */
export const flowPagesQuery = (status: FlowStatus | '') =>
  pagesQuery(['flows', 'pages', status], (at) =>
    answerOf(halyard.GET('/flows', { params: { query: { limit: 50, ...at, ...(status && { status }) } } })),
  );

/** A flow with what is live of it, read together, so that the one never belongs to another state of the other. */
export interface EditedFlow {
  flow: Flow;
  /** The version that most new contacts get, else the newest; null where none was published. */
  published: { number: number; definition: FlowDefinition } | null;
}

export const editedFlowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: async (): Promise<EditedFlow> => {
      const flow = await answerOf(halyard.GET('/flows/{id}', { params: { path: { id } } }));
      const number = await shownVersion(flow);
      if (number === null) return { flow, published: null };
      const { definition } = await answerOf(
        halyard.GET('/flows/{id}/versions/{number}', { params: { path: { id, number } } }),
      );
      return { flow, published: { number, definition } };
    },
  });

async function shownVersion({ id, live, status }: Flow): Promise<number | null> {
  const strongest = [...live].sort((a, b) => b.weight - a.weight || b.version - a.version)[0];
  if (strongest) return strongest.version;
  if (status === 'draft') return null;
  const { items } = await answerOf(halyard.GET('/flows/{id}/versions', { params: { path: { id } } }));
  return items[0]?.number ?? null;
}

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id, 'versions'],
    queryFn: () => answerOf(halyard.GET('/flows/{id}/versions', { params: { path: { id } } })),
  });

/** What differs; without `to` from the draft. */
export const diffQuery = (id: string, from: number, to: number | null) =>
  queryOptions({
    queryKey: ['flow', id, 'diff', from, to],
    queryFn: () =>
      answerOf(
        halyard.GET('/flows/{id}/diff', {
          params: { path: { id }, query: { from, ...(to !== null && { to }) } },
        }),
      ),
  });

export const runsQuery = (id: string, status: FlowRun['status'] | '') =>
  pagesQuery(['flow', id, 'runs', status], (at) =>
    answerOf(
      halyard.GET('/flows/{id}/runs', {
        params: { path: { id }, query: { limit: 50, ...at, ...(status && { status }) } },
      }),
    ),
  );

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: () => answerOf(halyard.GET('/topics')),
  staleTime: 5 * 60_000,
});

/** What is wrong with a definition as it is edited, saved or not. */
export const checkQuery = (flow: Flow, definition: FlowDefinition) =>
  queryOptions({
    queryKey: ['flow', flow.id, 'check', definition],
    queryFn: () => answerOf(halyard.POST('/flows/check', { body: { key: flow.key, definition } })),
    staleTime: 60_000,
  });

/** Why a contact did not get in, waits, or left; `contact`: an address, an id, or the id of another system. */
export const explainQuery = (id: string, contact: string, locale: Language) =>
  queryOptions({
    queryKey: ['flow', id, 'explain', contact, locale],
    queryFn: () =>
      answerOf(halyard.GET('/flows/{id}/explain', { params: { path: { id }, query: { contact, locale } } })),
    enabled: contact !== '',
  });

export type Recipe = Schema<'RecipeSummary'>;

/** They come with the server, and change with its versions only. */
export const recipesQuery = (locale: Language) =>
  queryOptions({
    queryKey: ['recipes', locale],
    queryFn: () => answerOf(halyard.GET('/recipes', { params: { query: { locale } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What stands at each step now, runs and planned messages together, by the step's id. */
export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id, 'steps'],
    queryFn: () => answerOf(halyard.GET('/flows/{id}/steps', { params: { path: { id } } })),
    select: ({ items }) =>
      Object.fromEntries(items.map(({ step, runs, planned_messages }) => [step, runs + planned_messages])),
  });
