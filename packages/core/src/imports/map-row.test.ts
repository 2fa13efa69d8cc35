import { expect, test } from 'vitest';
import { mapRow, meaningOf } from './map-row.js';

const row = (value: Record<string, unknown>) => ({ line: 2, raw: '', bytes: 0, value });
const map = (value: Record<string, unknown>, mapping = {}) =>
  mapRow(row(value), 'csv', mapping, { consentSource: 'import' });

test('headers are understood however they are spelled, and by their mapping', () => {
  expect(meaningOf('First Name', {})).toBe('first_name');
  expect(meaningOf('E-Mail', {})).toBeNull();
  expect(meaningOf('E-Mail', { 'E-Mail': 'email' })).toBe('email');
  expect(meaningOf('email', { email: 'ignore' })).toBe('ignore');
  expect(meaningOf('consent.email.news', {})).toBe('consent.email.news');
  expect(meaningOf('consent.pigeon', {})).toBeNull();
  expect(meaningOf('x', { x: 'no such field' })).toBeNull();
});

test('empty cells say nothing, so they clear nothing', () => {
  expect(map({ email: 'a@example.org', first_name: ' ', 'attributes.level': '' })).toEqual({
    ok: true,
    contact: { input: { email: 'a@example.org', attributes: {}, identities: [] }, consents: [] },
  });
});

test.each([
  ['yes', 'granted'],
  ['Ja', 'granted'],
  ['1', 'granted'],
  ['opt-in', 'granted'],
  ['no', 'withdrawn'],
  ['nein', 'withdrawn'],
  ['false', 'withdrawn'],
])('a consent of %j is %s', (cell, state) => {
  const mapped = map({ email: 'a@example.org', 'consent.sms': cell, consent_at: '2026-01-01T00:00:00Z' });
  expect(mapped).toMatchObject({
    contact: {
      consents: [
        { channel: 'sms', topic: '*', state, source: 'import', occurred_at: '2026-01-01T00:00:00Z' },
      ],
    },
  });
});

test.each([
  [{ email: 'a@example.org', 'consent.sms': 'perhaps' }, 'neither yes nor no'],
  [{ first_name: 'Anna' }, 'to know the contact by'],
  [{ email: 'a@example.org', time_zone: 'Mars/Base' }, 'time_zone: Use an IANA time zone'],
  [{ email: 'a@example.org', country: 'Germany' }, 'country: Use a two-letter country code'],
  [{ email: 'a@example.org', attributes: '[1]' }, 'not the JSON'],
])('%j is refused with a reason', (value, reason) => {
  expect(map(value)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
});

test('a consent that is yet to be confirmed is refused, as an import asks nobody', () => {
  const value = { email: 'a@example.org', consents: [{ state: 'pending', channel: 'email' }] };
  expect(mapRow(row(value), 'ndjson', {}, { consentSource: 'import' })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('asks nobody'),
  });
});
