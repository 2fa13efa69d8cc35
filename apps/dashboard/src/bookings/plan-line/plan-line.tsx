'use client';
import { useNow } from 'next-intl';
import type { PlannedItem, Span } from './offset';
import { PlanDrawing } from './plan-drawing';
import { PlanList } from './plan-list';

interface Props {
  span: Span;
  items: readonly PlannedItem[];
  /** What stands on the band: what was booked. */
  title: string;
  /** It does not take place: the band is empty. */
  off?: boolean;
}

const minute = 60_000;

/** Every message around a booking: drawn to scale where there is room, and told one by one. */
export function PlanLine({ span, items, title, off = false }: Props) {
  const now = useNow({ updateInterval: minute }).getTime();
  return (
    <>
      <PlanDrawing {...{ span, items, title, off, now }} />
      <PlanList {...{ span, items, off, now }} />
    </>
  );
}
