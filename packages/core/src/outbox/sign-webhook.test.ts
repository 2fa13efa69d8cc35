import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newSigningSecret, rotate, signWebhook } from './sign-webhook.js';

const body = JSON.stringify({ type: 'message.sent', timestamp: '2026-05-01T08:00:00Z', data: {} });

test('the library of the standard accepts the signature, and refuses it for another body or secret', () => {
  const one = newSigningSecret();
  const headers = signWebhook('msg_1', body, [one], new Date());
  expect(new Webhook(one.secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(one.secret).verify(`${body} `, headers)).toThrow();
  expect(() => new Webhook(newSigningSecret().secret).verify(body, headers)).toThrow();
});

test('after a rotation both secrets verify for 24 hours, then only the new one', () => {
  const old = newSigningSecret();
  const fresh = newSigningSecret();
  const now = Date.now();
  const rotatedAt = (ago: number) => rotate([old], fresh, new Date(now - ago));
  const within = signWebhook('msg_1', body, rotatedAt(23 * 3_600_000), new Date(now));
  expect(() => new Webhook(old.secret).verify(body, within)).not.toThrow();
  expect(() => new Webhook(fresh.secret).verify(body, within)).not.toThrow();
  const after = signWebhook('msg_1', body, rotatedAt(25 * 3_600_000), new Date(now));
  expect(() => new Webhook(old.secret).verify(body, after)).toThrow();
  expect(() => new Webhook(fresh.secret).verify(body, after)).not.toThrow();
});

test('a second rotation does not prolong the life of the first secret', () => {
  const [first, second, third] = [newSigningSecret(), newSigningSecret(), newSigningSecret()];
  const start = Date.now();
  const at = (hours: number) => new Date(start + hours * 3_600_000);
  const secrets = rotate(rotate([first], second, at(0)), third, at(20));
  const headers = signWebhook('msg_1', body, secrets, at(0));
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(3);
  expect(signWebhook('msg_1', body, secrets, at(25))['webhook-signature']?.split(' ')).toHaveLength(2);
});

interface Vector {
  name: string;
  webhook_id: string;
  webhook_timestamp: string;
  webhook_signature: string;
  body: string;
  secrets: [string, ...string[]];
  valid: boolean;
}
const file = join(import.meta.dirname, '../../../../docs/n8n/signature-vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

test.each(vectors.filter(({ name }) => name.startsWith('signed with the secret') || name.includes('UTF-8')))(
  'signs as in the vectors that receivers are tested with: $name',
  ({ webhook_id, webhook_timestamp, webhook_signature, body, secrets: [secret] }) => {
    const now = new Date(Number(webhook_timestamp) * 1_000);
    const headers = signWebhook(webhook_id, body, [{ secret, expires_at: null }], now);
    expect(headers).toEqual({
      'webhook-id': webhook_id,
      'webhook-timestamp': webhook_timestamp,
      'webhook-signature': webhook_signature,
    });
  },
);
