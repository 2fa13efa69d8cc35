import { ManualClock } from '@halyard/core/clock';
import { noMetrics } from '@halyard/core/metrics';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { LoopHealth } from './loop-health.js';

const failed = (health: LoopHealth, name: string, times: number) => {
  for (let n = 0; n < times; n++) health.loopFailed(name, new Error('disk full'), 100);
};

const start = () => {
  const clock = new ManualClock(new Date('2026-06-01T10:00:00Z'));
  const health = new LoopHealth(noMetrics, pino({ level: 'silent' }), clock);
  health.expect('deliver');
  return { clock, health };
};

test('a loop that keeps failing is in trouble until a round ends well', () => {
  const { health } = start();
  failed(health, 'deliver', 4);
  expect(health.troubles()).toEqual([]);
  failed(health, 'deliver', 1);
  expect(health.troubles()).toEqual(['deliver failed 5 times in a row']);
  health.roundEnded('deliver', 0, 1);
  expect(health.troubles()).toEqual([]);
});

test('so is one that ends no round for a minute', () => {
  const { health, clock } = start();
  clock.advance(61_000);
  expect(health.troubles()).toEqual(['deliver is stuck']);
});

test('what only reports here and is no loop cannot stay in trouble', () => {
  const { health } = start();
  failed(health, 'record outcomes', 9);
  expect(health.troubles()).toEqual([]);
});
