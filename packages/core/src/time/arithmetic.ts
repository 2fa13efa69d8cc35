import type { Weekday } from '@halyard/contracts/primitives';
import { Temporal } from 'temporal-polyfill';
import { offsetAt, steadyAt, toDate, zoned } from './zone.js';

/*
 * Local times meet two oddities a year. In a gap (clocks go forward) a local time does not exist: it is read with the
 * offset from before the change, so 02:30 becomes 03:30. In an overlap (clocks go back) it exists twice: the first of the
 * two counts. Both are Temporal's `compatible`, the rule of RFC 5545.
 */

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * The instant an ISO 8601 duration later (or earlier: -P7D). Years, months, weeks and days are calendar units: the local
 * time of day stays, whatever the clocks did in between; hours, minutes and seconds are exact. A month from 31 January is
 * the last day of February.
 */
export function addDuration(at: Date, duration: string, zone: string): Date {
  const moment = onSteadyClocks(at, duration, zone);
  return moment === null ? toDate(zoned(at, zone).add(Temporal.Duration.from(duration))) : new Date(moment);
}

const dayMs = 86_400_000;
const plain = /^(-?)P(?=T?\d)(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/;

/**
 * Days are plain numbers where clocks do not change: which is what most sums are and spares Temporal's 20 µs. As in
 * Temporal the days come first, then the exact hours and minutes. Null when clocks change within a day of where the days
 * lead, or the duration has months.
 */
function onSteadyClocks(at: Date, duration: string, zone: string): number | null {
  const parts = plainParts(duration);
  if (!parts) return null;
  const from = at.getTime();
  const day = from + parts.days;
  const { offset, from: since, until } = steadyAt(day, zone);
  const steady = since <= day - dayMs && day + dayMs < until && offsetAt(at, zone) === offset;
  return steady ? day + parts.exact : null;
}

/** Days, and hours and minutes, in milliseconds; null for what is not so plain. */
type Parts = { days: number; exact: number } | null;
const known = new Map<string, Parts>();
const remembered = 1_000;

function plainParts(duration: string): Parts {
  let parts = known.get(duration);
  if (parts !== undefined) return parts;
  const [found, minus, days = 0, hours = 0, minutes = 0] = plain.exec(duration) ?? [];
  const sign = minus ? -1 : 1;
  parts =
    found === undefined
      ? null
      : {
          days: sign * Number(days) * dayMs,
          exact: sign * (Number(hours) * 3_600_000 + Number(minutes) * 60_000),
        };
  if (known.size >= remembered) known.clear();
  known.set(duration, parts);
  return parts;
}

/** The duration's sign when added to no particular date: -1, 0 or 1. */
export const signOf = (duration: string): -1 | 0 | 1 => Temporal.Duration.from(duration).sign as -1 | 0 | 1;

/** `time` (HH:MM) of the local day that `at` lies in; earlier or later than `at`. */
export const atLocalTime = (at: Date, time: string, zone: string): Date =>
  toDate(zoned(at, zone).withPlainTime(Temporal.PlainTime.from(time)));

/** Forward, by as many days as needed, to one of these weekdays at the same local time; `at` itself if it is on one. */
export function nextWeekday(at: Date, allowed: readonly Weekday[] | undefined, zone: string): Date {
  if (!allowed?.length) return at;
  const from = zoned(at, zone);
  if (isOn(from, allowed)) return at;
  // Eight days and not seven: Apia once left out a Friday.
  for (let days = 1; days <= 8; days++) {
    const day = from.add({ days });
    if (isOn(day, allowed)) return toDate(day);
  }
  return at;
}

/** The first instant after `after` at which the clocks show `time` on one of the weekdays. */
export function nextLocalTime(
  after: Date,
  time: string,
  zone: string,
  allowed: readonly Weekday[] = weekdays,
): Date {
  const from = zoned(after, zone);
  const at = Temporal.PlainTime.from(time);
  for (let n = 0; n < 16; n++) {
    const candidate = from.add({ days: n }).withPlainTime(at);
    if (isOn(candidate, allowed) && toDate(candidate) > after) return toDate(candidate);
  }
  throw new Error(
    `No ${time} on ${allowed.join(', ')} within two weeks of ${after.toISOString()} in ${zone}.`,
  );
}

const isOn = (at: Temporal.ZonedDateTime, allowed: readonly Weekday[]): boolean =>
  allowed.includes(weekdays[at.dayOfWeek - 1] as Weekday);
