import { expect, test } from 'vitest';
import { RateLimited } from '../access/rate-limited.js';
import type { OrgId } from '../ids.js';
import { countedIds } from '../ids.js';
import { Backlog } from './backlog.js';

const newId = countedIds();

function start(most: number) {
  const queue = new Map<OrgId, number>();
  const time = { now: 0 };
  let looks = 0;
  const store = {
    async undecided(orgId: OrgId, upTo: number) {
      looks += 1;
      return Math.min(queue.get(orgId) ?? 0, upTo);
    },
  };
  const backlog = new Backlog(store, most, () => time.now);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, time, backlog, settle, looks: () => looks };
}

test('an organization whose queue is full is refused until it is worked off, others are not', async () => {
  const { queue, time, backlog, settle } = start(100);
  const [full, other] = [newId<OrgId>(), newId<OrgId>()];
  queue.set(full, 100);
  queue.set(other, 99);
  for (const orgId of [full, other]) backlog.check(orgId);
  await settle();
  expect(() => backlog.check(full)).toThrow(RateLimited);
  expect(() => backlog.check(other)).not.toThrow();
  queue.set(full, 40);
  time.now += 1_000;
  expect(() => backlog.check(full)).toThrow(RateLimited);
  await settle();
  expect(() => backlog.check(full)).not.toThrow();
});

test('what nobody waits for goes on once there is room, or is let go when it is told to end', async () => {
  const newer = new AbortController();
  const [full, other] = [newId<OrgId>(), newId<OrgId>()];
  const queue = new Map([[full, 100]]);
  let waited = 0;
  const store = { undecided: async (orgId: OrgId) => queue.get(orgId) ?? 0 };
  const backlog = new Backlog(
    store,
    100,
    () => waited * 1_000,
    async () => {
      waited += 1;
      if (waited === 3) queue.set(full, 99);
      if (waited === 5) newer.abort();
    },
  );
  await backlog.room(other, newer.signal);
  expect(waited).toBe(0);
  await backlog.room(full, newer.signal);
  expect(waited).toBe(3);
  queue.set(full, 100);
  waited = 4;
  await backlog.room(full, newer.signal);
  expect(newer.signal.aborted).toBe(true);
});

test('the queue is looked at once a second at most, however many requests there are', async () => {
  const { time, backlog, settle, looks } = start(100);
  const orgId = newId<OrgId>();
  for (let n = 0; n < 50; n++) backlog.check(orgId);
  await settle();
  for (let n = 0; n < 50; n++) backlog.check(orgId);
  expect(looks()).toBe(1);
  time.now += 1_000;
  backlog.check(orgId);
  expect(looks()).toBe(2);
});

test('without a limit nobody is refused and nothing is looked at', () => {
  const { backlog, looks } = start(0);
  backlog.check(newId<OrgId>());
  expect(looks()).toBe(0);
});
