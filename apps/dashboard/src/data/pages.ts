import { infiniteQueryOptions } from '@tanstack/react-query';

interface Page {
  next_cursor: string | null;
}

/** A list of the API, page by page, by its cursor. `fetch` gets {} for the first page. */
export const pagesQuery = <T extends Page>(
  queryKey: readonly unknown[],
  fetch: (at: { cursor?: string }) => Promise<T>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => fetch(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
