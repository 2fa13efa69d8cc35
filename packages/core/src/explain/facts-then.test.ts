import { expect, test } from 'vitest';
import { factAt } from '../conditions/facts.js';
import type { Since } from './facts-then.js';
import { rollBack } from './facts-then.js';

const at = new Date('2026-05-01T09:00:00Z');
const later = new Date('2026-05-02T09:00:00Z');
const nothing: Since = {
  subjectChanges: [],
  subjectChangedAt: null,
  contactChanges: [],
  contactReplaced: false,
  productChanged: false,
  courseChanged: false,
  organizationChanged: false,
};
const now = {
  contact: { id: 'c', first_name: 'Ann', email: 'ann@example.com', attributes: { level: 3, club: 'A' } },
  subject: {
    type: 'booking',
    id: 'b',
    status: 'cancelled',
    starts_at: '2026-07-01T00:00:00Z',
    attributes: { boat: 'Jolle' },
    revision: 4,
    cancelled_at: later.toISOString(),
    created_at: '2026-04-01T00:00:00Z',
    updated_at: later.toISOString(),
  },
  product: { name: 'Course' },
};

test('where nothing has changed since, everything is known', () => {
  const then = rollBack(now, nothing, at);
  expect(then.facts).toEqual(now);
  for (const field of [
    'contact.email',
    'contact.attributes.level',
    'subject.status',
    'product.name',
    'event.type',
  ])
    expect(then.asOf(field)).toBe('then');
});

test('a booking is rolled back change by change, to the first value and with its stamps', () => {
  const { facts, asOf } = rollBack(
    now,
    {
      ...nothing,
      subjectChangedAt: at,
      subjectChanges: [
        {
          type: 'booking.rescheduled',
          at: later,
          changes: { starts_at: { from: '2026-05-20T00:00:00Z', to: '2026-06-01T00:00:00Z' } },
        },
        {
          type: 'booking.rescheduled',
          at: later,
          changes: { starts_at: { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' } },
        },
        { type: 'booking.cancelled', at: later, changes: { status: { from: 'confirmed', to: 'cancelled' } } },
      ],
    },
    at,
  );
  expect(facts.subject).toEqual({
    ...now.subject,
    status: 'confirmed',
    starts_at: '2026-05-20T00:00:00Z',
    revision: 1,
    cancelled_at: null,
    updated_at: at.toISOString(),
  });
  expect(asOf('subject.status')).toBe('then');
});

test('what changed about a contact since is only known as it is now, and nothing else of it', () => {
  const { facts, asOf } = rollBack(
    now,
    { ...nothing, contactChanges: ['attributes.level', 'identities'] },
    at,
  );
  expect(factAt(facts, 'contact.attributes.level')).toBe(3);
  const known = Object.fromEntries(
    [
      'attributes.level',
      'attributes.club',
      'attributes',
      'email',
      'identities',
      'first_name',
      'id',
      'updated_at',
    ].map((name) => [name, asOf(`contact.${name}`)]),
  );
  expect(known).toEqual({
    'attributes.level': 'now',
    'attributes.club': 'then',
    attributes: 'now',
    email: 'now',
    identities: 'now',
    first_name: 'then',
    id: 'then',
    updated_at: 'now',
  });
});

test('after a merge nothing of the contact is sure, but who it is', () => {
  const { asOf } = rollBack(now, { ...nothing, contactReplaced: true }, at);
  expect([asOf('contact.first_name'), asOf('contact.id')]).toEqual(['now', 'then']);
});

test('a product that was changed, or exchanged for another, is only known as it is now', () => {
  expect(rollBack(now, { ...nothing, productChanged: true }, at).asOf('product.name')).toBe('now');
  const exchanged = [{ type: 'booking.changed', at: later, changes: { product_id: { from: 'p', to: 'q' } } }];
  expect(rollBack(now, { ...nothing, subjectChanges: exchanged }, at).asOf('product.name')).toBe('now');
  expect(rollBack(now, { ...nothing, organizationChanged: true }, at).asOf('organization.name')).toBe('now');
});
