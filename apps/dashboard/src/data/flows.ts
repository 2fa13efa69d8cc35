import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Flow = Schema<'Flow'>;
export type FlowSummary = Schema<'FlowSummary'>;
export type FlowStatus = FlowSummary['status'];
export type FlowFinding = Schema<'FlowFinding'>;
export type FlowVersionSummary = Schema<'FlowVersionSummary'>;
export type FlowChange = Schema<'FlowChange'>;
export type FlowRun = Schema<'FlowRun'>;

/** What a list of flows can be narrowed down to; '' for all that are not archived. */
export const flowPagesQuery = (status: FlowStatus | '') =>
  pagesQuery(['flows', 'pages', status], (at) =>
    answerOf(halyard.GET('/flows', { params: { query: { limit: 50, ...at, ...(status && { status }) } } })),
  );

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: () => answerOf(halyard.GET('/flows/{id}', { params: { path: { id } } })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id, 'versions'],
    queryFn: () => answerOf(halyard.GET('/flows/{id}/versions', { params: { path: { id } } })),
  });

/** A version never changes. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['flow', id, 'version', number],
    queryFn: () =>
      answerOf(halyard.GET('/flows/{id}/versions/{number}', { params: { path: { id, number } } })),
    staleTime: Number.POSITIVE_INFINITY,
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
