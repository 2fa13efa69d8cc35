import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Product = Schema<'Product'>;

export const productPages = pagesQuery(['products'], (at) =>
  answerOf(halyard.GET('/products', { params: { query: { limit: 50, ...at } } })),
);

/** The newest products, to choose one from. */
export const productsQuery = queryOptions({
  queryKey: ['products', 'choice'],
  queryFn: () => answerOf(halyard.GET('/products', { params: { query: { limit: 200 } } })),
  staleTime: 60_000,
});

export const productQuery = (id: string) =>
  queryOptions({
    queryKey: ['products', 'one', id],
    queryFn: () => answerOf(halyard.GET('/products/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });
