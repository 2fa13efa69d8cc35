'use client';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { Skeleton } from './skeleton';
import { Trouble } from './trouble';

interface Page<T> {
  items: readonly T[];
}

interface Props<T> {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What an empty list says: an `Empty` that names the next step, or how to widen the filter. */
  none: React.ReactNode;
  children: (items: readonly T[]) => React.ReactNode;
}

/** A list that comes page by page: loading, trouble, nothing, or what is there with more on request. */
export function Listing<T>({ query, none, children }: Props<T>) {
  const t = useTranslations('list');
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="rounded-lg border border-rope bg-sail">
        {query.error && <Trouble error={query.error} again={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={10} />}
        {query.data && (items.length ? children(items) : none)}
      </div>
      {query.hasNextPage && (
        <div className="mt-4 text-center">
          <Button
            look="outlined"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t(query.isFetchingNextPage ? 'loadingMore' : 'more')}
          </Button>
        </div>
      )}
    </>
  );
}
