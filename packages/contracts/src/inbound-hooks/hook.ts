import { z } from 'zod';
import { Instant } from '../primitives.js';

/** What a hook takes: the body of the API's own route for it. */
export const InboundHookKind = z.enum(['events', 'outreach', 'academy', 'errors', 'bookings', 'contacts']);
export type InboundHookKind = z.output<typeof InboundHookKind>;

/**
 * - `standard`: Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature).
 * - `hex`: x-timestamp in seconds, and x-signature: sha256= with the hex HMAC-SHA256 of `<timestamp>.<body>`.
 */
export const InboundSignature = z.enum(['standard', 'hex']);
export type InboundSignature = z.output<typeof InboundSignature>;

const Name = z.string().min(1).max(200);
const Addresses = z
  .array(
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
      error: 'Use an IP address or a range, such as 203.0.113.7 or 2001:db8::/32.',
    }),
  )
  .max(100)
  .describe('From where requests may come, as Halyard sees it (TRUSTED_PROXIES); anywhere when empty.');

const Bearer = z.boolean().describe('Requests carry `Authorization: Bearer` with a token of ours.');
const SigningSecret = z
  .string()
  .min(16)
  .max(200)
  .describe('What the other system signs with; made when left out. For `standard` it starts with whsec_.');

interface Proofs {
  signature?: InboundSignature | null;
  bearer?: boolean;
  addresses?: string[];
  signing_secret?: string;
}

/** What is left out stays as it is: whether something keeps strangers out then, the stored hook tells. */
const believable = <T extends z.ZodType<Proofs>>(schema: T): T =>
  schema
    .refine(
      ({ signature, bearer, addresses }) => signature !== null || bearer !== false || addresses?.length !== 0,
      {
        error: 'Ask for a signature, a bearer token or an address: else anybody could send.',
        path: ['signature'],
      },
    )
    .refine(({ signature, signing_secret }) => signature || signing_secret === undefined, {
      error: 'A secret is of use only with a signature: say which.',
      path: ['signing_secret'],
    })
    .refine(
      ({ signature, signing_secret: secret }) =>
        signature !== 'standard' || secret === undefined || /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret),
      { error: 'Use whsec_ and at least 24 random bytes in base64.', path: ['signing_secret'] },
    );

/** Of what is set, all must hold; something must be. */
export const InboundHookInput = believable(
  z.strictObject({
    name: Name,
    kind: InboundHookKind,
    signature: InboundSignature.nullable().default('standard'),
    bearer: Bearer.default(false),
    addresses: Addresses.default([]),
    signing_secret: SigningSecret.optional(),
  }),
).meta({ id: 'InboundHookInput' });
export type InboundHookInput = z.output<typeof InboundHookInput>;

export const InboundHookPatch = believable(
  z.strictObject({
    name: Name.optional(),
    signature: InboundSignature.nullable().optional(),
    bearer: Bearer.optional(),
    addresses: Addresses.optional(),
    signing_secret: SigningSecret.optional(),
    status: z.enum(['active', 'paused']).optional(),
  }),
).meta({ id: 'InboundHookPatch' });
export type InboundHookPatch = z.output<typeof InboundHookPatch>;

/** What a refused request lacked: for the people of the organization; whoever sent it is not told. */
export const RefusedPart = z.enum(['signature', 'timestamp', 'bearer', 'address']);
export type RefusedPart = z.output<typeof RefusedPart>;

export const InboundHook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: InboundHookKind,
    url: z.url().describe('Where the other system posts to. Treat it like a password.'),
    signature: InboundSignature.nullable(),
    bearer: z.boolean(),
    addresses: z.array(z.string()),
    status: z.enum(['active', 'paused']),
    last_received_at: Instant.nullable().describe('To the minute.'),
    last_refusal: z
      .object({ at: Instant, part: RefusedPart, detail: z.string(), address: z.string() })
      .nullable()
      .describe('The last request that was refused, and what it lacked.'),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'InboundHook' });
export type InboundHook = z.output<typeof InboundHook>;

/** Shown when they are made, and never again. */
export const InboundHookWithSecrets = InboundHook.extend({
  secrets: z.object({ signing_secret: z.string().optional(), bearer_token: z.string().optional() }),
}).meta({ id: 'InboundHookWithSecrets' });
export type InboundHookWithSecrets = z.output<typeof InboundHookWithSecrets>;
