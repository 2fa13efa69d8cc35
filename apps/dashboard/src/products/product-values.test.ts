import { expect, test } from 'vitest';
import type { Product } from '../data/products';
import { bodyOf, valuesOf } from './product-values';

const product = {
  name: 'SKS course',
  kind: 'event',
  key: 'sks',
  starts_at: '2026-05-01T07:00:00.000Z',
  ends_at: '2026-05-05T15:00:00.000Z',
  time_zone: 'Europe/Berlin',
  location: { name: 'Kiel', latitude: 54.3 },
  organizer: { phone: '+49 431 1' },
} as Product;

test('a form that nobody touched says what the product is', () => {
  const form = valuesOf(product, 'UTC');
  expect(form).toMatchObject({ starts: '2026-05-01T09:00', place: 'Kiel', organizer_phone: '+49 431 1' });
  expect(bodyOf(form, 'UTC', product)).toEqual({
    name: 'SKS course',
    kind: 'event',
    key: 'sks',
    starts_at: product.starts_at,
    ends_at: product.ends_at,
    time_zone: 'Europe/Berlin',
    location: product.location,
    organizer: product.organizer,
  });
});

test('what is emptied is taken away', () => {
  const emptied = { ...valuesOf(product, 'UTC'), key: '', starts: '', ends: '', place: '' };
  expect(bodyOf(emptied, 'UTC', product)).toMatchObject({
    key: null,
    starts_at: null,
    ends_at: null,
    location: { latitude: 54.3 },
  });
});
