import { RateLimited } from '@halyard/core/access/rate-limited';
import type { OrgId } from '@halyard/core/ids';
import { countedIds } from '@halyard/core/ids';
import { expect, test } from 'vitest';
import { WorkUnderWay } from './work-under-way.js';

const newId = countedIds();

test('no more requests are taken in than there is room for, and none is counted twice when it ends', () => {
  const work = new WorkUnderWay({ requests: 2, bytes: 100 });
  const leave = work.enter(10);
  work.enter(10);
  expect(() => work.enter(10)).toThrow(RateLimited);
  leave();
  leave();
  work.enter(10);
  expect(() => work.enter(10)).toThrow(RateLimited);
});

test('nor more bytes, but one request always is, however large', () => {
  const work = new WorkUnderWay({ requests: 10, bytes: 100 });
  const leave = work.enter(1_000);
  expect(() => work.enter(1)).toThrow(RateLimited);
  leave();
  work.enter(60);
  expect(() => work.enter(60)).toThrow(RateLimited);
});

test('one organization leaves half of the room to others', () => {
  const work = new WorkUnderWay({ requests: 4, bytes: 100 });
  const [loud, quiet] = [newId<OrgId>(), newId<OrgId>()];
  const leave = work.enterFor(loud);
  work.enterFor(loud);
  expect(() => work.enterFor(loud)).toThrow(RateLimited);
  work.enterFor(quiet);
  leave();
  work.enterFor(loud);
});

test('0 is no limit', () => {
  const work = new WorkUnderWay({ requests: 0, bytes: 0 });
  const orgId = newId<OrgId>();
  for (let n = 0; n < 10; n++) {
    work.enter(10);
    work.enterFor(orgId);
  }
});
