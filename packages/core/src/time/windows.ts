import type { Weekday } from '@halyard/contracts/primitives';
import { Temporal } from 'temporal-polyfill';
import { toDate, wallTimeAt, zoned } from './zone.js';

/**
 * From `from` up to, not including, `to` on the clocks of a zone. It passes midnight when `to` is before `from`, and is a
 * whole day when they are equal. `weekdays` name the days on which it begins.
 */
export interface TimeWindow {
  from: string;
  to: string;
  weekdays?: readonly Weekday[] | undefined;
}

/** When something may happen: in one of the `open` windows (none given: always) and in none of the `closed` ones. */
export interface OpeningRules {
  open?: readonly TimeWindow[] | undefined;
  closed?: readonly TimeWindow[] | undefined;
}

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Weekly rules repeat; a day more for a day that a zone left out, and one for weeks with a clock change. */
const horizonDays = 9;

/** Whether the clocks of the zone show a time within the window. */
export function isWithinWindow(at: Date, window: TimeWindow, zone: string): boolean {
  const wall = wallTimeAt(at, zone);
  const minute = wall.hour * 60 + wall.minute;
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  const begins = (daysAgo: number): boolean =>
    !window.weekdays || window.weekdays.includes(weekdays[(wall.weekday + 6 - daysAgo) % 7] as Weekday);
  if (from < to) return minute >= from && minute < to && begins(0);
  return (minute >= from && begins(0)) || (minute < to && begins(1));
}

/** Whether every one of the zones allows it at this instant. */
export const isAllowed = (at: Date, rules: OpeningRules, zones: readonly string[]): boolean =>
  zones.every(
    (zone) =>
      (!rules.open?.length || rules.open.some((window) => isWithinWindow(at, window, zone))) &&
      !rules.closed?.some((window) => isWithinWindow(at, window, zone)),
  );

/**
 * The first instant, `at` or later, that every zone allows; null if there is none in the coming nine days. Several zones
 * are for a recipient whose zone is not known: the moment must suit wherever they may be.
 */
export function nextAllowed(at: Date, rules: OpeningRules, zones: readonly string[]): Date | null {
  if (isAllowed(at, rules, zones)) return at;
  // What is allowed changes only where a window begins or ends and where clocks change: the answer is one of those.
  const candidates = zones.flatMap((zone) => boundaries(at, rules, zone));
  candidates.sort((a, b) => a - b);
  const found = candidates.find((ms) => isAllowed(new Date(ms), rules, zones));
  return found === undefined ? null : new Date(found);
}

function boundaries(at: Date, rules: OpeningRules, zone: string): number[] {
  const times = [...(rules.open ?? []), ...(rules.closed ?? [])].flatMap(({ from, to }) => [from, to]);
  const midnight = zoned(at, zone).startOfDay();
  const last = midnight.add({ days: horizonDays });
  const found: number[] = [];
  for (let day = 0; day < horizonDays; day++) {
    const date = midnight.add({ days: day }).toPlainDate();
    for (const time of new Set(times))
      for (const disambiguation of ['earlier', 'later'] as const)
        found.push(
          date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation })
            .epochMilliseconds,
        );
  }
  let change = midnight.getTimeZoneTransition('next');
  while (change && Temporal.ZonedDateTime.compare(change, last) < 0) {
    found.push(toDate(change).getTime());
    change = change.getTimeZoneTransition('next');
  }
  // Midnight bounds windows by their weekdays.
  for (let day = 0; day <= horizonDays; day++)
    found.push(midnight.add({ days: day }).startOfDay().epochMilliseconds);
  return found.filter((ms) => ms > at.getTime());
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
