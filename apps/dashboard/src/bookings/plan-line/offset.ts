import type { Schema } from '@halyard/client/client';
import { dayOf } from '../../i18n/zoned';

export type PlannedItem = Schema<'PlannedItem'>;

/** What a plan is drawn around. */
export interface Span {
  starts_at: string;
  ends_at: string;
  time_zone: string;
}

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;

/** How far a message is from its booking: `{ days: 3 }` before the start. Without amounts it is on the very day or moment. */
export interface Offset {
  amounts: Partial<Record<(typeof units)[number], number>>;
  side: 'before' | 'after';
  anchor: 'start' | 'end';
  /** With no amounts: whether it is the day that is meant, at another hour. */
  sameDay: boolean;
}

const anchors: Record<string, Offset['anchor']> = { 'subject.starts_at': 'start', 'subject.ends_at': 'end' };

/** As the step of the flow has it, else as far as the moment itself is away. */
export function offsetOf(item: PlannedItem, span: Span): Offset {
  const { anchor, offset, at } = item.timing ?? {};
  const named = anchor ? anchors[anchor] : undefined;
  if (!named) return distanceOf(item.planned_at, span);
  const amounts = amountsIn(offset ?? 'P0D');
  return { amounts, side: offset?.startsWith('-') ? 'before' : 'after', anchor: named, sameDay: Boolean(at) };
}

function amountsIn(duration: string): Offset['amounts'] {
  const found =
    /P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(duration) ?? [];
  return Object.fromEntries(
    units.map((unit, at) => [unit, Number(found[at + 1] ?? 0)]).filter(([, amount]) => amount !== 0),
  );
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Before the start, after the end, or as long after the start as the booking goes on: in days of its calendar, or less. */
function distanceOf(planned: string, { starts_at, ends_at, time_zone }: Span): Offset {
  const anchor = Date.parse(planned) > Date.parse(ends_at) ? 'end' : 'start';
  const from = anchor === 'end' ? ends_at : starts_at;
  const away = Date.parse(planned) - Date.parse(from);
  const days = Math.round((Date.parse(dayOf(planned, time_zone)) - Date.parse(dayOf(from, time_zone))) / day);
  const side = away < 0 ? 'before' : 'after';
  return { amounts: amountsOf(Math.abs(away), Math.abs(days)), side, anchor, sameDay: false };
}

function amountsOf(away: number, days: number): Offset['amounts'] {
  if (away >= day) return { days: Math.max(days, 1) };
  if (away >= hour) return { hours: Math.round(away / hour) };
  return away >= minute ? { minutes: Math.round(away / minute) } : {};
}
