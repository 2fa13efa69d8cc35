import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedItem } from './offset';
import { phasesOf } from './phases';

const span = { starts_at: '2026-05-01T08:00:00Z', ends_at: '2026-05-03T15:00:00Z', time_zone: 'UTC' };
const moment = fc.date({ min: new Date('2026-04-20'), max: new Date('2026-05-14'), noInvalidDate: true });

test('Feature: plan line, Property 3: every message is in one phase, in the order of time, and now is told once', () => {
  fc.assert(
    fc.property(fc.array(moment), moment, (moments, now) => {
      const items = moments.map((at) => ({ planned_at: at.toISOString() }) as PlannedItem);
      const { before, during, after } = phasesOf(items, span, now.getTime());
      const told = [...before, ...during, ...after].flatMap((row) =>
        row.kind === 'now' ? [] : row.item.planned_at,
      );
      expect(told).toEqual(items.map((item) => item.planned_at).sort());
      expect([...before, ...during, ...after].filter(({ kind }) => kind === 'now')).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test('what goes out at the start or at the end is during the booking', () => {
  const items = [span.starts_at, span.ends_at].map((planned_at) => ({ planned_at }) as PlannedItem);
  expect(phasesOf(items, span, Date.parse('2026-06-01')).during).toHaveLength(2);
});
