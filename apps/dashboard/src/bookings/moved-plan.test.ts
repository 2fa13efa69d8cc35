import { expect, test } from 'vitest';
import { expectedAfter, movedBetween } from './moved-plan';
import type { PlannedItem } from './plan-line/offset';

const time_zone = 'Europe/Berlin';
const from = { starts_at: '2026-03-20T09:00:00Z', ends_at: '2026-03-22T15:00:00Z', time_zone };
/** Ten days later and two hours, with the change to summer time between. */
const to = { starts_at: '2026-03-30T10:00:00Z', ends_at: '2026-04-01T16:00:00Z', time_zone };

const planned = (planned_at: string, timing: PlannedItem['timing'], status = 'scheduled') =>
  ({ message_id: planned_at, planned_at, timing, status }) as PlannedItem;
const expected = (item: PlannedItem) => expectedAfter([item], from, to).map(({ moment }) => moment);

test('a step with a time of day moves by whole days', () => {
  const timing = { anchor: 'subject.starts_at', offset: '-P3D', at: '09:00' };
  expect(expected(planned('2026-03-17T08:00:00Z', timing))).toEqual(['2026-03-27T08:00:00.000Z']);
  expect(
    expected(planned('2026-03-23T08:00:00Z', { ...timing, anchor: 'subject.ends_at', offset: 'P1D' })),
  ).toEqual(['2026-04-02T07:00:00.000Z']);
});

test('days keep the hour of the booking, hours their length', () => {
  const days = { anchor: 'subject.starts_at', offset: '-P7D', at: null };
  expect(expected(planned('2026-03-13T09:00:00Z', days))).toEqual(['2026-03-23T11:00:00.000Z']);
  const hours = { anchor: 'subject.starts_at', offset: '-PT2H', at: null };
  expect(expected(planned('2026-03-20T07:00:00Z', hours))).toEqual(['2026-03-30T08:00:00.000Z']);
});

test('what was sent stays, and what counts from another moment', () => {
  const timing = { anchor: 'subject.starts_at', offset: '-P3D', at: null };
  expect(expected(planned('2026-03-17T09:00:00Z', timing, 'delivered'))).toEqual([]);
  expect(expected(planned('2026-03-17T09:00:00Z', { anchor: null, offset: 'PT10M', at: null }))).toEqual([]);
});

test('what stands elsewhere than before has moved; what is new has not', () => {
  const before = [planned('2026-03-17T09:00:00Z', null), planned('2026-03-18T09:00:00Z', null)];
  const [one, two] = before;
  const after = [{ ...one, planned_at: '2026-03-27T09:00:00Z' }, two, planned('2026-03-21T09:00:00Z', null)];
  expect(movedBetween(before, after as PlannedItem[])).toBe(1);
});
