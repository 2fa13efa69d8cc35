import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading, WatchedRule } from './rule.js';
import { isReached, isRecovered } from './rule.js';
import type { OpenAlert, Step, Watch } from './step.js';
import { freshWatch, step } from './step.js';

type Rule = Parameters<typeof step>[0];
const minute = 60_000;

const rules: fc.Arbitrary<Rule> = fc
  .record({
    comparison: fc.constantFrom<WatchedRule['comparison']>('at_least', 'at_most'),
    threshold: fc.integer({ min: 3, max: 7 }),
    band: fc.integer({ min: 0, max: 3 }),
    for_minutes: fc.integer({ min: 0, max: 5 }),
    resolve_minutes: fc.integer({ min: 0, max: 5 }),
    repeat_minutes: fc.integer({ min: 5, max: 20 }),
    on_unknown: fc.constantFrom<WatchedRule['on_unknown']>('alert', 'keep'),
  })
  .map(({ band, ...rule }) => ({
    ...rule,
    resolve_threshold: rule.comparison === 'at_least' ? rule.threshold - band : rule.threshold + band,
  }));

const readings: fc.Arbitrary<Reading> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: 0, max: 10 }).map((value) => ({ kind: 'value' as const, value })),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'unknown' as const, reason: 'away' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'quiet' as const, reason: 'too few' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'gone' as const }) },
);

type Act = 'acknowledge' | 'silence' | 'resolve' | null;
const looks = fc.array(
  fc.record({
    reading: readings,
    repeated: fc.integer({ min: 1, max: 12 }),
    act: fc.option(fc.constantFrom<Exclude<Act, null>>('acknowledge', 'silence', 'resolve'), { freq: 6 }),
  }),
  { minLength: 1, maxLength: 30 },
);

interface Look extends Step {
  at: number;
  reading: Reading;
  before: OpenAlert | null;
}

function acted(alert: OpenAlert | null, act: Act, until: Date): OpenAlert | null {
  if (!alert || act === 'resolve') return null;
  if (act === 'acknowledge') return { ...alert, status: 'acknowledged', silencedUntil: null };
  return act === 'silence' ? { ...alert, status: 'silenced', silencedUntil: until } : alert;
}

/** Looks once a minute, with people who do things in between. */
function live(rule: Rule, given: readonly { reading: Reading; repeated: number; act: Act }[]): Look[] {
  const seen: Look[] = [];
  let watch: Watch = freshWatch;
  let alert: OpenAlert | null = null;
  let at = 0;
  for (const { reading, repeated, act } of given) {
    if (alert && act === 'resolve')
      watch = { ...freshWatch, heldUntil: new Date(at + rule.repeat_minutes * minute) };
    alert = acted(alert, act, new Date(at + 7 * minute));
    for (let n = 0; n < repeated; n++) {
      at += minute;
      const before = alert;
      const next = step(rule, watch, alert, reading, new Date(at));
      ({ watch, alert } = next);
      seen.push({ ...next, at, reading, before });
    }
  }
  return seen;
}

const property = (check: (rule: Rule, seen: Look[]) => void) =>
  fc.assert(
    fc.property(rules, looks, (rule, given) => check(rule, live(rule, given))),
    { numRuns: 500 },
  );

test('Feature: alerts, Property 1: an alert fires only when none is open, and is over only when one is', () => {
  property((_rule, seen) => {
    for (const { happened, before, alert } of seen) {
      const kinds = happened.map(({ kind }) => kind);
      if (kinds.includes('fired')) expect(before).toBeNull();
      if (kinds.includes('resolved')) expect([before !== null, alert]).toEqual([true, null]);
      if (before === null && alert !== null) expect(kinds).toContain('fired');
      if (before !== null && alert === null) expect(kinds).toContain('resolved');
    }
  });
});

test('Feature: alerts, Property 2: it fires after the metric was reached, or unknown, for as long as the rule says', () => {
  property((rule, seen) => {
    seen.forEach(({ happened, at }, n) => {
      const fired = happened.find(({ kind }) => kind === 'fired');
      if (fired?.kind !== 'fired') return;
      const since = at - (fired.cause === 'threshold' ? rule.for_minutes : 15) * minute;
      for (const look of seen.slice(0, n + 1).filter((one) => one.at >= since)) {
        if (look.reading.kind === 'unknown') continue;
        expect(fired.cause).toBe('threshold');
        expect(look.reading.kind === 'value' && isReached(rule, look.reading.value)).toBe(true);
      }
    });
  });
});

test('Feature: alerts, Property 3: it is over by itself only when the metric was known and better for as long as the rule says', () => {
  property((rule, seen) => {
    seen.forEach(({ happened, at, reading, before }, n) => {
      if (!happened.some(({ kind }) => kind === 'resolved') || reading.kind === 'gone') return;
      for (const look of seen.slice(0, n + 1).filter((one) => one.at >= at - rule.resolve_minutes * minute)) {
        expect(look.reading.kind).not.toBe('unknown');
        if (look.reading.kind !== 'value') continue;
        const { value } = look.reading;
        expect(before?.cause === 'unmeasured' ? !isReached(rule, value) : isRecovered(rule, value)).toBe(
          true,
        );
      }
    });
  });
});

test('Feature: alerts, Property 4: while one is open nobody is told more often than the interval, and of a silenced one nothing', () => {
  property((rule, seen) => {
    let told: number | null = null;
    for (const { notice, at, alert, before } of seen) {
      if (notice === 'fired') told = at;
      if (notice === 'reminded') {
        expect(alert?.status).toBe('firing');
        if (told !== null) expect(at - told).toBeGreaterThanOrEqual(rule.repeat_minutes * minute);
        told = at;
      }
      if (notice === 'resolved') expect(before?.status).not.toBe('silenced');
    }
  });
});

test('Feature: alerts, Property 5: what goes on unacknowledged is never forgotten', () => {
  property((rule, seen) => {
    for (const { alert, at } of seen)
      if (alert?.status === 'firing')
        expect(at - (alert.notifiedAt?.getTime() ?? 0)).toBeLessThan(rule.repeat_minutes * minute);
  });
});
