import { expect, test } from 'vitest';
import { channelsOf, kindsOf, normalizeAddress } from './address.js';
import { addressHash } from './address-hash.js';

test.each([
  ['email', ' Anna.Voss@Example.ORG ', null, 'anna.voss@example.org'],
  ['email', 'anna+news@bücher.example', null, 'anna+news@xn--bcher-kva.example'],
  ['phone', '+49 (151) 234-567 89', null, '+4915123456789'],
  ['phone', '0049 151 23456789', null, '+4915123456789'],
  ['phone', '0151 23456789', 'DE', '+4915123456789'],
  ['sms', '044 668 18 00', 'CH', '+41446681800'],
  ['whatsapp', '+49 151 23456789', 'US', '+4915123456789'],
  ['phone', '030 1234', 'DE', '+49301234'],
  ['phone', '+44 7700 900123', null, '+447700900123'],
  ['crm_user_id', ' User-1 ', null, 'User-1'],
] as const)('%s %j (country %s) is %s', (kind, given, country, address) => {
  expect(normalizeAddress(kind, given, country)).toEqual({ ok: true, address });
});

test.each([
  ['email', 'anna', null],
  ['email', '@example.org', null],
  ['email', 'a@b@c', null],
  ['email', 'anna@localhost', null],
  ['phone', '0151 23456789', null],
  ['phone', '+49 1', 'DE'],
  ['phone', '0171 12', 'DE'],
  ['phone', '0171 392001', 'DE'],
  ['phone', '+49 30 12', null],
  ['phone', '+44 7700 9001', null],
  ['phone', 'call me', 'DE'],
  ['phone', '0151 23456789', 'XX'],
  ['slack', '  ', null],
] as const)('%s %j (country %s) is refused with a sentence', (kind, given, country) => {
  expect(normalizeAddress(kind, given, country)).toEqual({ ok: false, reason: expect.stringMatching(/\.$/) });
});

test('a phone number is an address for SMS and WhatsApp, and both ways agree', () => {
  expect(channelsOf('phone')).toEqual(['sms', 'whatsapp']);
  expect(kindsOf('sms')).toEqual(['sms', 'phone']);
  expect(channelsOf('crm_user_id')).toEqual([]);
});

test('hashes of one address differ by channel', () => {
  expect(addressHash('sms', '+4915123456789')).not.toEqual(addressHash('whatsapp', '+4915123456789'));
  expect(addressHash('sms', '+4915123456789')).toEqual(addressHash('sms', '+4915123456789'));
});
