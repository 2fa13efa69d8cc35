'use client';
import { useSearchParams } from 'next/navigation';

/** Where to go after signing in: an address of ours, whatever a link claims. */
export const pageAfter = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

/** The page that sent here, and what hands it on to a neighbour of this page. */
export function useNextPage(): { next: string; handOn: (path: string) => string } {
  const next = pageAfter(useSearchParams().get('next'));
  return { next, handOn: (path) => (next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`) };
}
