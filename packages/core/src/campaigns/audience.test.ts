import type { Condition } from '@halyard/contracts/conditions';
import { expect, test } from 'vitest';
import type { ConsentLine } from '../contacts/consent.js';
import { audienceIssues, consentsIn, isMeant } from './audience.js';

const said = (channel: string, topic: string, state: ConsentLine['state'], seq: number): ConsentLine => ({
  id: String(seq),
  channel,
  topic,
  state,
  seq,
});
const ledger = [said('email', '*', 'granted', 1), said('email', 'news', 'withdrawn', 2)];
const facts = { contact: { attributes: { level: 3 } }, organization: { country: 'DE' } };
const means = (audience: Condition) =>
  isMeant(audience, consentsIn(audience), facts, ledger, new Date('2026-06-01T10:00:00Z'));
const consent = (path: string, value: string | null) =>
  ({ field: `contact.consents.${path}`, op: 'eq', value }) as const;

test.each<[Condition, boolean]>([
  [consent('email.news', 'withdrawn'), true],
  [consent('email.regatta', 'granted'), true], // by what was said of every topic
  [consent('email.all', 'granted'), true],
  [consent('sms.all', null), true],
  [{ field: 'contact.consents.sms.news', op: 'exists' }, false],
  [
    { all: [consent('email.all', 'granted'), { field: 'contact.attributes.level', op: 'gte', value: 3 }] },
    true,
  ],
  [
    { all: [consent('email.all', 'granted'), { field: 'organization.country', op: 'eq', value: 'AT' }] },
    false,
  ],
])('%j means the contact: %s', (audience, expected) => {
  expect(means(audience)).toBe(expected);
});

test('fields that no contact has are named, each once', () => {
  const event = { field: 'event.payload.amount', op: 'exists' } as const;
  const issues = audienceIssues({ any: [event, { not: event }, consent('fax.news', 'granted')] }, 'audience');
  expect(issues.map(({ message }) => message.split(':')[0])).toEqual([
    'event.payload.amount',
    'contact.consents.fax.news',
  ]);
});
