import { expect, test } from 'vitest';
import { daysUntil } from './overviews.js';

test('every day is there, oldest first, over the end of a month and the change of the clocks', () => {
  const days = daysUntil('2026-04-01', 5, [
    { date: '2026-03-29', channel: 'sms', kind: 'sent', count: 2 },
    { date: '2026-03-29', channel: 'email', kind: 'opened', count: 7 },
    { date: '2026-03-29', channel: 'email', kind: 'sent', count: 9 },
  ]);
  expect(days.map(({ date }) => date)).toEqual([
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
    '2026-03-31',
    '2026-04-01',
  ]);
  expect(days[1]?.channels).toMatchObject([
    { channel: 'email', sent: 9, opened: 7, clicked: 0 },
    { channel: 'sms', sent: 2, opened: 0 },
  ]);
  expect(days[0]?.channels).toEqual([]);
});
