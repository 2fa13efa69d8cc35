import { expect, test } from 'vitest';
import { clockTimeOf, instantOf } from './clock-time';

test('what a clock shows and the instant lead to each other, around changes of clocks too', () => {
  for (const [clockTime, instant] of [
    ['2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T00:30', '2026-10-24T22:30:00.000Z'],
    ['2026-10-25T03:30', '2026-10-25T02:30:00.000Z'],
  ] as const) {
    expect(instantOf(clockTime, 'Europe/Berlin')).toBe(instant);
    expect(clockTimeOf(instant, 'Europe/Berlin')).toBe(clockTime);
  }
});
