'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../data/problem';
import type { Drafted, Preview } from '../data/templates';
import { previewQuery } from '../data/templates';
import { useSettled } from '../data/use-settled';
import type { Placed } from './findings';
import { placed, refusals } from './findings';

/** What the recipient would get of what is being written, with what is said about it. */
export interface LivePreview {
  /** The last that could be rendered; null before the first. */
  shown: Preview | null;
  findings: readonly Placed[];
  /** What is written now cannot be rendered: what is shown is older. */
  stale: boolean;
  /** What stands in the way when it is not what is written. */
  error: Error | null;
}

export function usePreview(draft: Drafted): LivePreview {
  const asked = useSettled(JSON.stringify(draft));
  const { data, error } = useQuery(previewQuery(JSON.parse(asked) as Drafted));
  const [last, setLast] = useState<Preview | null>(null);
  if (data && data !== last) setLast(data);
  const issues = error instanceof Refused ? (error.problem.errors ?? []) : [];
  return {
    shown: data ?? last,
    findings: issues.length > 0 ? refusals(issues) : (data?.lint.map(placed) ?? []),
    stale: error !== null,
    error: issues.length > 0 ? null : error,
  };
}
