import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundSignature, RefusedPart } from '@halyard/contracts/inbound-hooks/hook';
import { isListed } from './address-list.js';

/** A secret of a hook. `expires_at` is set when a newer one has taken its place. */
export interface HookSecret {
  secret: string;
  expires_at: string | null;
}

export interface HookSecrets {
  signing: HookSecret[];
  bearer: HookSecret[];
}

/** What must hold of a request for a hook to believe it; all of it. */
export interface HookRules {
  signature: InboundSignature | null;
  bearer: boolean;
  addresses: readonly string[];
}

/** A request as it came. `address`: of whoever sent it, past the proxies that are trusted. */
export interface HookRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Buffer;
  address: string;
}

/** `identity`: what tells a repetition; null where nothing in the request does. */
export type VerifiedRequest =
  | { kind: 'believed'; identity: string | null }
  | { kind: 'refused'; part: RefusedPart; detail: string };

/** How far the sender's clock may be off, and how long a request can be repeated (Standard Webhooks). */
const windowMs = 5 * 60_000;

const refused = (part: RefusedPart, detail: string): VerifiedRequest => ({ kind: 'refused', part, detail });

/** Whether a hook believes a request; if not, what it lacks, for the people whose hook it is. */
export function verifyRequest(
  rules: HookRules,
  secrets: HookSecrets,
  request: HookRequest,
  now: Date,
): VerifiedRequest {
  const header = (name: string) => textOf(request.headers[name]);
  if (rules.addresses.length && !isListed(request.address, rules.addresses))
    return refused('address', 'The address is not on the list of this hook.');
  if (rules.bearer) {
    const token = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '')?.[1];
    if (!token) return refused('bearer', 'There is no bearer token in the header Authorization.');
    if (!validOf(secrets.bearer, now).some((one) => isSame(one, token)))
      return refused('bearer', 'The bearer token is another one.');
  }
  const given = header('webhook-id') ?? header('idempotency-key') ?? null;
  if (!rules.signature) return { kind: 'believed', identity: given };
  return verifySignature(rules.signature, validOf(secrets.signing, now), request, now);
}

function verifySignature(
  scheme: InboundSignature,
  secrets: readonly string[],
  { headers, rawBody }: HookRequest,
  now: Date,
): VerifiedRequest {
  const names = scheme === 'standard' ? standard : hex;
  const [timestamp, signature] = [textOf(headers[names.timestamp]), textOf(headers[names.signature])];
  const id = textOf(headers['webhook-id']);
  if (!signature) return refused('signature', `There is no header ${names.signature}.`);
  if (scheme === 'standard' && !id) return refused('signature', 'There is no header webhook-id.');
  if (!timestamp || !/^\d{1,12}$/.test(timestamp))
    return refused('timestamp', `The header ${names.timestamp} is not a time in seconds.`);
  const offMs = now.getTime() - Number(timestamp) * 1_000;
  if (Math.abs(offMs) > windowMs)
    return refused('timestamp', `The time is ${Math.round(offMs / 1_000)} s off; five minutes are allowed.`);
  const said = scheme === 'standard' ? `${id}.${timestamp}.` : `${timestamp}.`;
  const expected = secrets.map((secret) => names.sign(secret, said, rawBody));
  const given = signature.split(' ');
  const right = expected.find((one) => given.some((other) => isSame(one, other)));
  if (!right) return refused('signature', 'The signature is not one of this secret over these bytes.');
  // Where no id is signed, the signature itself tells a repetition.
  return { kind: 'believed', identity: scheme === 'standard' ? (id ?? null) : right };
}

const standard = {
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
  sign: (secret: string, said: string, body: Buffer): string =>
    `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
      .update(said)
      .update(body)
      .digest('base64')}`,
};

/** The secret is used as the text that it is: so a system that knows nothing of whsec_ can sign. */
const hex = {
  timestamp: 'x-timestamp',
  signature: 'x-signature',
  sign: (secret: string, said: string, body: Buffer): string =>
    `sha256=${createHmac('sha256', secret).update(said).update(body).digest('hex')}`,
};

const validOf = (secrets: readonly HookSecret[], now: Date): string[] =>
  secrets.flatMap(({ secret, expires_at }) =>
    expires_at === null || new Date(expires_at) > now ? secret : [],
  );

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.trim() || undefined;
