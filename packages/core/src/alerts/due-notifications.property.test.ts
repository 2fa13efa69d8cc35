import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDue, merged } from './due-notifications.js';
import type { Notice } from './step.js';

const minute = 60_000;
const notices = fc.constantFrom<Notice>('fired', 'reminded', 'resolved');

test('Feature: alerts, Property 6: a route tells at most once in its interval, each alert once, and nothing gets lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), notices), { maxLength: 20 }), {
        maxLength: 60,
      }),
      (interval_minutes, minutes) => {
        let waiting = new Map<number, Notice>();
        let notifiedAt: Date | null = null;
        const told: { at: number; latest: Map<number, Notice> }[] = [];
        const last = new Map<number, Notice>();
        const quiet = Array.from({ length: interval_minutes + 1 }, () => []);
        [...minutes, ...quiet].forEach((come, n) => {
          const now = new Date((n + 1) * minute);
          for (const [alert, notice] of come) {
            waiting.set(alert, merged(waiting.get(alert), notice));
            last.set(alert, notice);
          }
          if (waiting.size === 0 || !isDue({ enabled: true, interval_minutes }, notifiedAt, now)) return;
          told.push({ at: now.getTime(), latest: waiting });
          notifiedAt = now;
          waiting = new Map();
        });
        expect(waiting.size).toBe(0);
        told.slice(1).forEach(({ at }, n) => {
          expect(at - (told[n]?.at ?? 0)).toBeGreaterThanOrEqual(interval_minutes * minute);
        });
        for (const [alert, notice] of last) {
          const latest = told.findLast(({ latest }) => latest.has(alert))?.latest.get(alert);
          expect(notice === 'reminded' ? ['fired', 'reminded'] : [notice]).toContain(latest);
        }
      },
    ),
    { numRuns: 300 },
  );
});
