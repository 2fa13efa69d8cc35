import { expect, test } from 'vitest';
import type { PlannedItem } from './offset';
import { offsetOf } from './offset';

const span = {
  starts_at: '2026-05-01T08:00:00Z',
  ends_at: '2026-05-03T15:00:00Z',
  time_zone: 'Europe/Berlin',
};
const planned = (planned_at: string, timing: Partial<NonNullable<PlannedItem['timing']>> | null = null) =>
  ({
    planned_at,
    timing: timing && { anchor: null, offset: null, at: null, ...timing },
  }) as PlannedItem;

test('a step says what its message counts from', () => {
  const timing = { anchor: 'subject.starts_at', offset: '-P3D', at: '09:00' };
  expect(offsetOf(planned('2026-04-28T07:00:00Z', timing), span)).toEqual({
    amounts: { days: 3 },
    side: 'before',
    anchor: 'start',
    sameDay: true,
  });
  const later = { anchor: 'subject.ends_at', offset: 'P1DT2H30M' };
  expect(offsetOf(planned('2026-05-04T17:30:00Z', later), span)).toMatchObject({
    amounts: { days: 1, hours: 2, minutes: 30 },
    side: 'after',
    anchor: 'end',
  });
});

test('minutes are no months', () => {
  const timing = { anchor: 'subject.starts_at', offset: '-PT30M' };
  expect(offsetOf(planned('2026-05-01T07:30:00Z', timing), span).amounts).toEqual({ minutes: 30 });
});

test('without an anchor the moment itself tells: days of the calendar, hours, minutes', () => {
  const away = (at: string) => {
    const { amounts, side, anchor } = offsetOf(planned(at), span);
    return [amounts, side, anchor];
  };
  expect(away('2026-04-29T21:30:00Z')).toEqual([{ days: 2 }, 'before', 'start']);
  expect(away('2026-05-01T06:00:00Z')).toEqual([{ hours: 2 }, 'before', 'start']);
  expect(away('2026-05-02T08:00:00Z')).toEqual([{ days: 1 }, 'after', 'start']);
  expect(away('2026-05-03T15:20:00Z')).toEqual([{ minutes: 20 }, 'after', 'end']);
  expect(away('2026-05-01T08:00:00Z')).toEqual([{}, 'after', 'start']);
});
