import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import type { ContactId, EventId } from '../ids.js';
import { nextTick } from './schedule.js';
import { matchesType, reentryKey, triggeredBy } from './triggers.js';

const now = new Date('2026-05-01T09:00:00Z');
const contactId = 'c' as ContactId;
const booking = { type: 'booking', id: 'b' };

test('a pattern with a star means every type of a kind, and nothing else', () => {
  expect(matchesType('booking.*', 'booking.created')).toBe(true);
  expect(matchesType('booking.*', 'bookings.created')).toBe(false);
  expect(matchesType('booking.created', 'booking.created')).toBe(true);
});

test('an event admits a contact when its type and its facts fit', () => {
  const definition = FlowDefinition.parse({
    name: 'Big orders',
    trigger: {
      type: 'event',
      event: 'order.*',
      filter: { field: 'event.payload.amount', op: 'gt', value: 100 },
    },
    steps: [{ id: 'out', type: 'exit' }],
  });
  const paid = (amount: number, by: ContactId | null = contactId) => ({
    id: 'e' as EventId,
    type: 'order.paid',
    contactId: by,
    subject: null,
    payload: { amount },
    occurredAt: now,
  });
  expect(triggeredBy(definition, paid(101), {}, now)).toBe(true);
  expect(triggeredBy(definition, paid(100), {}, now)).toBe(false);
  expect(triggeredBy(definition, paid(101, null), {}, now)).toBe(false);
});

test('re-entry counts contacts, subjects or occasions', () => {
  const keys = (reentry: 'once' | 'once_per_subject' | 'always') => [
    reentryKey(reentry, contactId, booking, 'e1'),
    reentryKey(reentry, contactId, booking, 'e2'),
    reentryKey(reentry, contactId, { type: 'booking', id: 'other' }, 'e3'),
  ];
  expect(new Set(keys('once')).size).toBe(1);
  expect(new Set(keys('once_per_subject')).size).toBe(2);
  expect(new Set(keys('always')).size).toBe(3);
});

test('a schedule keeps its local time through a clock change', () => {
  const first = nextTick('0 9 * * *', 'Europe/Berlin', new Date('2026-03-28T09:00:00Z'));
  expect(first).toEqual(new Date('2026-03-29T07:00:00Z'));
});
