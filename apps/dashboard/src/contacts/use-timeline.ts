'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { eventsOfContactQuery, messagesOfContactQuery, runsOfContactQuery } from '../data/contacts';
import { endingFirst, eventEntries, messageEntries, runEntries, woven } from './timeline-entries';

/** Events, messages and runs of a contact as one line, newest first, loaded as far as it is asked for. */
export function useTimeline(id: string) {
  const events = useInfiniteQuery(eventsOfContactQuery(id));
  const messages = useInfiniteQuery(messagesOfContactQuery(id));
  const runs = useInfiniteQuery(runsOfContactQuery(id));
  const queries = [events, messages, runs];
  const sources = useMemo(() => {
    const heard = events.data?.pages.flatMap(({ items }) => items) ?? [];
    const written = messages.data?.pages.flatMap(({ items }) => items) ?? [];
    const run = runs.data?.pages.flatMap(({ items }) => items) ?? [];
    const reached = (more: boolean, last: string | undefined) => (more && last ? last : null);
    return [
      { entries: eventEntries(heard), reached: reached(events.hasNextPage, heard.at(-1)?.occurred_at) },
      {
        entries: messageEntries(written),
        reached: reached(messages.hasNextPage, written.at(-1)?.created_at),
      },
      { entries: runEntries(run), reached: reached(runs.hasNextPage, run.at(-1)?.started_at) },
    ];
  }, [events.data, events.hasNextPage, messages.data, messages.hasNextPage, runs.data, runs.hasNextPage]);
  const next = endingFirst(sources);
  return {
    entries: woven(sources),
    pending: queries.some((query) => query.isPending && !query.error),
    error: queries.find((query) => query.error)?.error ?? null,
    again: () => queries.forEach((query) => void query.refetch()),
    more:
      next.length > 0
        ? () => next.forEach((source) => void queries[sources.indexOf(source)]?.fetchNextPage())
        : null,
    loadingMore: queries.some((query) => query.isFetchingNextPage),
  };
}
