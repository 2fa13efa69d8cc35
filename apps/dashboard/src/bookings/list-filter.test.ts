import { expect, test } from 'vitest';
import { filterOf, orderOf } from './list-filter';

const none = { when: '', from: '', until: '', status: '', product_id: '', contact_id: '' };
const of = (given: Partial<typeof none>) => filterOf({ ...none, ...given }, 'Europe/Berlin', '2026-05-01');

test('without a filter the list begins with today, by the clock of the organization', () => {
  expect(of({})).toMatchObject({ starts_from: '2026-04-30T22:00:00.000Z', starts_before: '' });
  expect(orderOf(none)).toBe('start');
});

test('the past ends with today, and all has no bounds', () => {
  expect(of({ when: 'past' })).toMatchObject({ starts_from: '', starts_before: '2026-04-30T22:00:00.000Z' });
  expect(of({ when: 'all', status: 'cancelled' })).toMatchObject({ starts_from: '', status: 'cancelled' });
  expect(orderOf({ ...none, when: 'all' })).toBe('newest');
});

test('between two days both count', () => {
  expect(of({ when: 'between', from: '2026-12-01', until: '2026-12-01' })).toMatchObject({
    starts_from: '2026-11-30T23:00:00.000Z',
    starts_before: '2026-12-01T23:00:00.000Z',
  });
});
