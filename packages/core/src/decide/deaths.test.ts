import { expect, test } from 'vitest';
import { ManualClock } from '../clock.js';
import { Deaths } from './deaths.js';
import type { DecideStore } from './decide-store.js';

test('deaths are counted before the first round, once a second, and again when counting failed', async () => {
  const clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  const counted: string[] = [];
  let isAway = true;
  const store: Pick<DecideStore, 'countDeaths'> = {
    async countDeaths(kind, now) {
      if (isAway) throw new Error('away');
      counted.push(`${kind} ${now.toISOString().slice(17, 23)}`);
    },
  };
  const deaths = new Deaths(store, 'runs');
  await expect(deaths.count(clock.now())).rejects.toThrow('away');
  isAway = false;
  for (const pauseMs of [0, 400, 400, 200, 1_500]) {
    clock.advance(pauseMs);
    await deaths.count(clock.now());
  }
  expect(counted).toEqual(['runs 00.000', 'runs 01.000', 'runs 02.500']);
});
