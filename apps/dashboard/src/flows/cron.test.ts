import { expect, test } from 'vitest';
import { cronOf, scheduleOf } from './cron';

test('plain schedules are read and written', () => {
  for (const cron of ['0 9 * * *', '30 17 * * 1,3', '5 8 1 * *'])
    expect(cronOf(scheduleOf(cron) ?? { days: 'daily', time: '' })).toBe(cron);
  expect(scheduleOf('0 9 * * 1')).toEqual({ days: { weekdays: [1] }, time: '09:00' });
});

test('every other one is left as it is written', () => {
  for (const cron of ['*/5 * * * *', '0 9 * 6 *', '0 9 1 * 1', '0 9 * * mon'])
    expect(scheduleOf(cron)).toBeNull();
});
