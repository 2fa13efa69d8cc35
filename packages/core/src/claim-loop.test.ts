import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Round } from './claim-loop.js';
import { ClaimLoop } from './claim-loop.js';
import { systemClock } from './clock.js';

/** Rounds end when the test says so. */
function loopOf(rounds: number, restMs = 0) {
  const begun: ((round: Round | Error) => void)[] = [];
  const failures: unknown[] = [];
  const loop = new ClaimLoop({
    name: 'test',
    kind: 'messages',
    work: () => {
      const { promise, resolve, reject } = Promise.withResolvers<Round>();
      begun.push((round) => (round instanceof Error ? reject(round) : resolve(round)));
      return promise;
    },
    wakeups: { poke: () => {}, listen: () => () => {} },
    clock: systemClock,
    report: { loopFailed: (_name, error) => failures.push(error) },
    batch: { min: 5, max: 5, targetMs: 1_000 },
    rounds,
    restMs,
    idleMs: 60_000,
  });
  const endAll = (round: Round | Error) => {
    for (const end of begun.splice(0)) end(round);
  };
  return { loop, begun, failures, endAll };
}

const full: Round = { claimed: 5, nextDueAt: null };
const empty: Round = { claimed: 0, nextDueAt: null };

test('rounds overlap while they come back full, and only then', async () => {
  const { loop, begun, endAll } = loopOf(3);
  loop.start();
  await expect.poll(() => begun.length).toBe(1);
  endAll(full);
  await expect.poll(() => begun.length).toBe(3);
  endAll(full);
  await expect.poll(() => begun.length).toBe(3);
  endAll(empty);
  const stopped = loop.stop();
  await stopped;
  expect(begun).toHaveLength(0);
});

test('stopping waits for all rounds under way, and one that fails beside others is told', async () => {
  const { loop, begun, failures, endAll } = loopOf(2);
  loop.start();
  await expect.poll(() => begun.length).toBe(1);
  endAll(full);
  await expect.poll(() => begun.length).toBe(2);
  let ended = false;
  const stopped = loop.stop().then(() => {
    ended = true;
  });
  begun.shift()?.(empty);
  await Promise.resolve();
  expect(ended).toBe(false);
  endAll(new Error('The database is away.'));
  await stopped;
  expect(failures).toEqual([new Error('The database is away.')]);
});

test('after a round that found nothing it rests when it is woken; stopping does not wait for that', async () => {
  const { loop, begun, endAll } = loopOf(1, 60_000);
  loop.start();
  await expect.poll(() => begun.length).toBe(1);
  endAll({ claimed: 1, nextDueAt: null });
  loop.wake();
  await expect.poll(() => begun.length).toBe(1);
  endAll(empty);
  loop.wake();
  await pause(20);
  loop.wake();
  await loop.stop();
  expect(begun).toHaveLength(0);
});
