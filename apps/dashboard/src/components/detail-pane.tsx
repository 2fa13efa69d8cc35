'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { isRefused } from '../data/problem';
import { Button } from './button';
import { Empty } from './empty';
import { Skeleton } from './skeleton';
import { Trouble } from './trouble';

interface Props<T> {
  query: UseQueryResult<T>;
  words: { label: string; back: string; missing: string; missingHint: string };
  /** Back to the list, on a phone. */
  onBack: () => void;
  children: (data: T) => React.ReactNode;
}

/** One of a list, beside it: on its way, not there, in trouble, or there. */
export function DetailPane<T>({ query: { data, error, refetch }, words, onBack, children }: Props<T>) {
  const missing = isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  return (
    <section aria-label={words.label} className="overflow-hidden rounded-lg border border-rope bg-sail">
      <div className="px-2 pt-2 lg:hidden">
        <Button look="plain" onClick={onBack}>
          <ArrowLeft aria-hidden="true" />
          {words.back}
        </Button>
      </div>
      {missing ? (
        <Empty title={words.missing}>{words.missingHint}</Empty>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton lines={6} />
      ) : (
        children(data)
      )}
    </section>
  );
}

/** A titled part of what is shown of the one. */
export const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="grid justify-items-start gap-2 text-sm">
    <h3 className="text-sm text-ink-soft">{title}</h3>
    {children}
  </div>
);
