import { Temporal } from 'temporal-polyfill';

const cachedFrom = Date.UTC(1973, 0, 1);
const cacheLimit = 5_000;
const spans = new Map<string, SteadySpan[]>();
let cached = 0;

/** A time in which the clocks of a zone do not change: from `from` up to, not including, `until`; in milliseconds. */
export interface SteadySpan {
  from: number;
  until: number;
  /** How far the clocks are ahead of UTC. */
  offset: number;
}

/** A date and time of day as a clock on the wall shows them. `weekday`: 1 is Monday, 7 is Sunday. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

/** How far the zone's clocks are ahead of UTC at this instant, in milliseconds. */
export const offsetAt = (at: Date, zone: string): number => steadyAt(at.getTime(), zone).offset;

/**
 * The time around this instant in which the zone's clocks do not change. Nearly all questions about a zone fall into two
 * or three such spans, so these are kept, the last one asked for first: finding one costs Temporal a fraction of a
 * millisecond. All are forgotten when there are too many.
 */
export function steadyAt(ms: number, zone: string): SteadySpan {
  const known = spans.get(zone) ?? [];
  const at = known.findIndex(({ from, until }) => from <= ms && ms < until);
  const found = known[at];
  if (found) {
    if (at > 0) known.unshift(...known.splice(at, 1));
    return found;
  }
  const span = readSpan(ms, zone);
  if (cached >= cacheLimit) {
    spans.clear();
    cached = 0;
  }
  spans.set(zone, [span, ...(spans.get(zone) ?? [])]);
  cached++;
  return span;
}

/** Before 1973 zones changed at odd moments: nothing is said there of what is around. */
function readSpan(ms: number, zone: string): SteadySpan {
  const offset = readOffset(ms, zone);
  if (ms < cachedFrom) return { from: ms, until: ms + 1, offset };
  const change = (from: number, direction: 'next' | 'previous') =>
    zoned(new Date(from), zone).getTimeZoneTransition(direction)?.epochMilliseconds;
  return {
    from: Math.max(change(ms + 1, 'previous') ?? cachedFrom, cachedFrom),
    until: change(ms, 'next') ?? Number.POSITIVE_INFINITY,
    offset,
  };
}

const readOffset = (ms: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;

/** What the clocks of the zone show at this instant. */
export function wallTimeAt(at: Date, zone: string): WallTime {
  const shifted = new Date(at.getTime() + offsetAt(at, zone));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay() || 7,
  };
}

/** An instant as a zone sees it. The only place where `Date` and Temporal meet. */
export const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

export const toDate = (zonedAt: Temporal.ZonedDateTime): Date => new Date(zonedAt.epochMilliseconds);

/** Whether this is an IANA zone that the arithmetic here knows. */
export function isZone(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  try {
    offsetAt(new Date(cachedFrom), name);
    return true;
  } catch {
    return false;
  }
}
