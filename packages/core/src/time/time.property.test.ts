import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, localTime, weekdays, zone } from '../flows/testing/arbitraries.js';
import { addDuration, atLocalTime, nextLocalTime, nextWeekday } from './arithmetic.js';
import type { TimeWindow } from './windows.js';
import { isAllowed, isWithinWindow, nextAllowed } from './windows.js';
import { offsetAt, wallTimeAt, zoned } from './zone.js';

const clock = (at: Date, zoneName: string): string => {
  const { hour, minute } = wallTimeAt(at, zoneName);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};
const day = (at: Date, zoneName: string): string => zoned(at, zoneName).toPlainDate().toString();
const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Whether the clocks of this zone ever show this time on this day. */
const exists = (date: string, time: string, zoneName: string): boolean => {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number);
  const utc = Date.UTC(y, m - 1, d, Number(time.slice(0, 2)), Number(time.slice(3)));
  return [-26, 0, 26].some((hours) => {
    const at = new Date(utc - offsetAt(new Date(utc + hours * 3_600_000), zoneName));
    return clock(at, zoneName) === time && day(at, zoneName) === date;
  });
};

const runs = { numRuns: 500 };

test('Feature: time, Property 1: the cached offset is the zone’s own', () => {
  fc.assert(
    fc.property(instant, zone, (at, zoneName) => {
      expect(offsetAt(at, zoneName)).toBe(zoned(at, zoneName).offsetNanoseconds / 1e6);
    }),
    runs,
  );
});

test('Feature: time, Property 2: days keep the time on the clock, unless the clock skips it', () => {
  fc.assert(
    fc.property(instant, zone, fc.integer({ min: -400, max: 400 }), (at, zoneName, days) => {
      const later = addDuration(at, `${days < 0 ? '-' : ''}P${Math.abs(days)}D`, zoneName);
      const date = zoned(at, zoneName).toPlainDate().add({ days }).toString();
      if (!exists(date, clock(at, zoneName), zoneName)) return;
      expect(clock(later, zoneName)).toBe(clock(at, zoneName));
      expect(day(later, zoneName)).toBe(date);
    }),
    runs,
  );
});

test('Feature: time, Property 3: hours are exact, whatever the clocks do', () => {
  fc.assert(
    fc.property(instant, zone, fc.nat(5_000), (at, zoneName, hours) => {
      expect(addDuration(at, `PT${hours}H`, zoneName).getTime() - at.getTime()).toBe(hours * 3_600_000);
    }),
    runs,
  );
});

test('Feature: time, Property 4: a local time is met on its day, or just after the gap that swallows it', () => {
  fc.assert(
    fc.property(instant, zone, localTime, (at, zoneName, time) => {
      const met = atLocalTime(at, time, zoneName);
      const date = day(at, zoneName);
      if (exists(date, time, zoneName)) {
        expect(clock(met, zoneName)).toBe(time);
        expect(day(met, zoneName)).toBe(date);
        // Of two the first: nothing earlier that day shows the same.
        const first = [...Array(4)].map((_, n) => new Date(met.getTime() - (n + 1) * 30 * 60_000));
        expect(
          first.some((sooner) => clock(sooner, zoneName) === time && day(sooner, zoneName) === date),
        ).toBe(false);
      } else expect(clock(met, zoneName) > time).toBe(true);
    }),
    runs,
  );
});

test('Feature: time, Property 5: the next weekday is allowed, at the same time, and the first such', () => {
  fc.assert(
    fc.property(instant, zone, weekdays, (at, zoneName, allowed) => {
      const next = nextWeekday(at, allowed, zoneName);
      expect(allowed).toContain(names[wallTimeAt(next, zoneName).weekday - 1]);
      expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
      expect(next.getTime() - at.getTime()).toBeLessThan(8.5 * 86_400_000);
      for (let sooner = at.getTime(); sooner < next.getTime() - 86_400_000; sooner += 86_400_000)
        expect(allowed).not.toContain(names[wallTimeAt(new Date(sooner), zoneName).weekday - 1]);
    }),
    runs,
  );
});

test('Feature: time, Property 6: the next local time lies ahead, on an allowed day, and none is passed over', () => {
  fc.assert(
    fc.property(instant, zone, localTime, weekdays, (at, zoneName, time, allowed) => {
      const next = nextLocalTime(at, time, zoneName, allowed);
      expect(next.getTime()).toBeGreaterThan(at.getTime());
      expect(allowed).toContain(names[wallTimeAt(next, zoneName).weekday - 1]);
      const before = nextLocalTime(new Date(next.getTime() - 1), time, zoneName, allowed);
      expect(before).toEqual(next);
    }),
    runs,
  );
});

const window: fc.Arbitrary<TimeWindow> = fc.record(
  { from: localTime, to: localTime, weekdays },
  { requiredKeys: ['from', 'to'] },
);
const rules = fc.record({
  open: fc.array(window, { maxLength: 2 }),
  closed: fc.array(window, { maxLength: 2 }),
});

test('Feature: time, Property 7: the next allowed moment is allowed in every zone, and no minute before it is', () => {
  fc.assert(
    fc.property(instant, rules, fc.uniqueArray(zone, { minLength: 1, maxLength: 2 }), (at, given, zones) => {
      const next = nextAllowed(at, given, zones);
      if (next) expect(isAllowed(next, given, zones)).toBe(true);
      const end = next?.getTime() ?? at.getTime() + 8 * 86_400_000;
      for (let ms = at.getTime(); ms < end; ms += 7 * 60_000)
        if (isAllowed(new Date(ms), given, zones))
          expect(new Date(ms).toISOString()).toBe(next?.toISOString());
    }),
    { numRuns: 300 },
  );
});

test('Feature: time, Property 8: a window and the one from its end to its beginning share the day between them', () => {
  fc.assert(
    fc.property(instant, zone, localTime, localTime, (at, zoneName, from, to) => {
      fc.pre(from !== to);
      expect(isWithinWindow(at, { from, to }, zoneName)).toBe(
        !isWithinWindow(at, { from: to, to: from }, zoneName),
      );
    }),
    runs,
  );
});
