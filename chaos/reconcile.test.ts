import { expect, test } from 'vitest';
import type { Input, Receipt } from './ledger.ts';
import { reconcile } from './reconcile.ts';

const at = (second: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, second));
const input = (address: string, given: Partial<Input> = {}): Input => ({
  kind: 'event',
  address,
  messages: 1,
  offeredAt: at(0),
  acknowledgedAt: at(1),
  delayMs: 0,
  ...given,
});
const receipt = (address: string, second: number): Receipt => ({ address, key: 'k', at: at(second) });
const fault = { at: at(10), what: 'killed', inFlight: 1 };

test('what goes in comes out: nothing lost, nothing twice, and how long it took', () => {
  const inputs = [input('a'), input('b', { messages: 2, acknowledgedAt: at(12) })];
  const receipts = [receipt('a', 40), receipt('b', 13), receipt('b', 50)];
  expect(reconcile(inputs, receipts, [], [fault])).toEqual({
    inputs: 2,
    acknowledged: 2,
    messages: 3,
    lost: 0,
    duplicated: 0,
    unknown: 0,
    inFlight: 1,
    faults: 1,
    recoverySeconds: 30, // of what was acknowledged before it
    worstLatenessSeconds: 39,
    details: [],
  });
});

test('recovery is measured at each fault: from the last one that a message met on its way', () => {
  const inputs = [input('a'), input('b', { acknowledgedAt: at(31) })];
  const receipts = [receipt('a', 27), receipt('b', 35)];
  const faults = [fault, { ...fault, at: at(15) }, { ...fault, at: at(30) }];
  expect(reconcile(inputs, receipts, [], faults).recoverySeconds).toBe(12);
});

test('a message that did not come is lost, unless somebody says that it is unknown', () => {
  const inputs = [input('a'), input('b')];
  expect(reconcile(inputs, [], [{ address: 'b' }], [fault])).toMatchObject({
    lost: 1,
    unknown: 1,
    details: ['lost: event a, 0 of 1'],
  });
});

test('nothing is owed for what was never acknowledged, but it may come', () => {
  const never = { acknowledgedAt: null };
  const inputs = [input('a', never), input('b', never)];
  expect(reconcile(inputs, [receipt('b', 2)], [], [])).toMatchObject({
    acknowledged: 0,
    lost: 0,
    duplicated: 0,
  });
});

test('a message too many is a duplicate, and so is one that nobody asked for', () => {
  const receipts = [receipt('a', 2), receipt('a', 3), receipt('strange', 4)];
  expect(reconcile([input('a')], receipts, [], [])).toMatchObject({
    duplicated: 2,
    details: ['duplicated: event a, 2 instead of 1', 'nobody asked for a message to strange'],
  });
});
