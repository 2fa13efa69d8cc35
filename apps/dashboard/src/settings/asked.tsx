'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';

interface Props<T> {
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => React.ReactNode;
}

/** What was asked for: on its way, in trouble, or there. */
export function Asked<T>({ query, lines = 4, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Trouble error={query.error} again={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}
