import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clocks of sender and receiver may be apart, and how old a request may be. */
export const toleranceSeconds = 5 * 60;

const prefix = 'whsec_';

/** A request as it came: the body must be the very bytes. */
export interface SignedRequest {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  body: Buffer | string;
}

/**
 * What is wrong with the signature of a request, by Standard Webhooks (standardwebhooks.com, specification 1.0); null: it is
 * good. While a secret is being changed, one of several secrets or of several signatures is enough.
 */
export function signatureFault(
  { id, timestamp, signature, body }: SignedRequest,
  secrets: readonly string[],
  now: Date,
): string | null {
  if (!id || !timestamp || !signature)
    return 'the headers webhook-id, webhook-timestamp and webhook-signature are not all there';
  if (!/^\d{1,12}$/.test(timestamp)) return 'webhook-timestamp is not a number of seconds';
  const age = Math.floor(now.getTime() / 1_000) - Number(timestamp);
  if (Math.abs(age) > toleranceSeconds) return `webhook-timestamp is ${age} seconds old`;
  const given = signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'));
  const wanted = secrets.map((secret) => signed(secret, `${id}.${timestamp}.`, body));
  const matches = wanted.some((one) => given.some((other) => equal(one, other)));
  return matches ? null : 'no signature was made with the secret that is known here';
}

const signed = (secret: string, head: string, body: Buffer | string): Buffer =>
  createHmac(
    'sha256',
    Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64'),
  )
    .update(head)
    .update(body)
    .digest();

const equal = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
