import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSigningSecret, signWebhook } from '../outbox/sign-webhook.js';
import type { HookRequest, HookRules, HookSecrets } from './verify-request.js';
import { verifyRequest } from './verify-request.js';

const now = new Date('2026-05-01T08:00:00Z');
const signing = newSigningSecret();
const secrets: HookSecrets = {
  signing: [signing],
  bearer: [{ secret: 'a-token-of-ours', expires_at: null }],
};
const standard: HookRules = { signature: 'standard', bearer: false, addresses: [] };
const body = '{"type":"user.login"}';
const request = (headers: Record<string, string>, more: Partial<HookRequest> = {}): HookRequest => ({
  headers,
  rawBody: Buffer.from(body),
  address: '203.0.113.7',
  ...more,
});
const signed = (at = now, by = signing) => signWebhook('msg_1', body, [by], at);
const verdict = (rules: HookRules, given: HookRequest, at = now, of = secrets): string => {
  const verified = verifyRequest(rules, of, given, at);
  return verified.kind === 'refused' ? verified.part : `believed ${verified.identity}`;
};
const hexed = (text = body, at = now) => {
  const timestamp = String(at.getTime() / 1_000);
  const digest = createHmac('sha256', signing.secret).update(`${timestamp}.${text}`).digest('hex');
  return { 'x-timestamp': timestamp, 'x-signature': `sha256=${digest}` };
};

test('a request signed by Standard Webhooks is believed, and told again by its id', () => {
  expect(verdict(standard, request(signed()))).toBe('believed msg_1');
});

test('what is not signed, or by another secret, is refused', () => {
  expect(verdict(standard, request({}))).toBe('signature');
  expect(verdict(standard, request(signed(now, newSigningSecret())))).toBe('signature');
  expect(verdict(standard, request({ ...signed(), 'webhook-id': 'msg_2' }))).toBe('signature');
});

test('a request is believed for five minutes before and after its time', () => {
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect([-5, 5].map((minutes) => verdict(standard, request(signed()), at(minutes)))).toEqual([
    'believed msg_1',
    'believed msg_1',
  ]);
  expect([-5.1, 5.1].map((minutes) => verdict(standard, request(signed()), at(minutes)))).toEqual([
    'timestamp',
    'timestamp',
  ]);
});

test('an old secret holds until it expires', () => {
  const old = { ...signing, expires_at: '2026-05-01T09:00:00.000Z' };
  const rotated = { ...secrets, signing: [newSigningSecret(), old] };
  expect(verdict(standard, request(signed()), now, rotated)).toBe('believed msg_1');
  const later = new Date('2026-05-01T09:00:01Z');
  expect(verdict(standard, request(signed(later)), later, rotated)).toBe('signature');
});

test('a system that knows only hex signatures signs the time and the bytes with the secret as a text', () => {
  const rules: HookRules = { ...standard, signature: 'hex' };
  const { 'x-signature': signature } = hexed();
  expect(verdict(rules, request(hexed()))).toBe(`believed ${signature}`);
  expect(verdict(rules, request(hexed('{}')))).toBe('signature');
  expect(verdict(rules, request({ ...hexed(), 'x-timestamp': '1' }))).toBe('timestamp');
  // Another spelling of what surrounds it does not make it another request.
  expect(verdict(rules, request({ ...hexed(), 'x-signature': `sha256=00 ${signature}` }))).toBe(
    `believed ${signature}`,
  );
});

test('all that a hook asks for must hold', () => {
  const rules: HookRules = {
    signature: 'standard',
    bearer: true,
    addresses: ['203.0.113.0/24', '2001:db8::/32'],
  };
  const bearer = { authorization: 'Bearer a-token-of-ours' };
  expect(verdict(rules, request({ ...signed(), ...bearer }))).toBe('believed msg_1');
  expect(verdict(rules, request(signed()))).toBe('bearer');
  expect(verdict(rules, request({ ...signed(), authorization: 'Bearer another' }))).toBe('bearer');
  expect(verdict(rules, request(bearer))).toBe('signature');
  const from = (address: string) => verdict(rules, request({ ...signed(), ...bearer }, { address }));
  expect(from('203.0.114.7')).toBe('address');
  expect(from('::ffff:203.0.113.9')).toBe('believed msg_1');
  expect(from('2001:db8:1::1')).toBe('believed msg_1');
  expect(from('no address')).toBe('address');
});

test('without a signature the id that the sender gives tells a repetition, if there is one', () => {
  const rules: HookRules = { signature: null, bearer: false, addresses: ['203.0.113.7'] };
  expect(verdict(rules, request({}))).toBe('believed null');
  expect(verdict(rules, request({ 'idempotency-key': 'k1' }))).toBe('believed k1');
});

test('Feature: inbound hooks, Property 1: one byte of a body changed, and no signature fits it', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, at, flip) => {
        const rawBody = Buffer.from(bytes);
        const text = rawBody.toString('latin1');
        const { secret } = signing;
        const timestamp = String(now.getTime() / 1_000);
        const digest = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex');
        const headers = { 'x-timestamp': timestamp, 'x-signature': `sha256=${digest}` };
        const rules: HookRules = { ...standard, signature: 'hex' };
        expect(verdict(rules, request(headers, { rawBody }))).toMatch(/^believed/);
        const changed = Buffer.from(text, 'latin1');
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ flip;
        expect(verdict(rules, request(headers, { rawBody: changed }))).toBe('signature');
      },
    ),
    { numRuns: 200 },
  );
});
