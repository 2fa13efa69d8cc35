import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;
/** How long an old secret signs beside the new one. */
const overlapMs = 24 * 3_600_000;

/** A signing secret of an endpoint. `expires_at` is set when a newer one has taken its place. */
export interface SigningSecret {
  secret: string;
  expires_at: string | null;
}

export const newSigningSecret = (): SigningSecret => ({
  secret: prefix + randomBytes(secretBytes).toString('base64'),
  expires_at: null,
});

/** The secrets after a rotation, newest first: the last one signs for another 24 hours, older ones are dropped when they expire. */
export const rotate = (
  secrets: readonly SigningSecret[],
  fresh: SigningSecret,
  now: Date,
): SigningSecret[] => [
  fresh,
  ...stillValid(secrets, now).map((one) => ({
    ...one,
    expires_at: one.expires_at ?? new Date(now.getTime() + overlapMs).toISOString(),
  })),
];

const stillValid = (secrets: readonly SigningSecret[], now: Date): SigningSecret[] =>
  secrets.filter((one) => one.expires_at === null || new Date(one.expires_at) > now);

/**
 * The headers of a webhook by Standard Webhooks (standardwebhooks.com, specification 1.0): a signature over
 * `id.timestamp.body` by every secret that is valid now.
 */
export function signWebhook(
  id: string,
  body: string,
  secrets: readonly SigningSecret[],
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = stillValid(secrets, now).map(({ secret }) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
