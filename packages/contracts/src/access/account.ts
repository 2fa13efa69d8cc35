import { z } from 'zod';
import { Instant } from '../primitives.js';
import { roles } from '../route.js';

export const Role = z.enum(roles);

export const Email = z.email('Give an e-mail address, such as anna@example.com.').max(254);
/** Length is what counts (NIST SP 800-63B 5.1.1.2); the upper limit keeps hashing cheap. */
export const NewPassword = z.string().min(12, 'Use 12 characters or more.').max(128);
export const Password = z.string().min(1).max(128);
export const Secret = z.string().min(1).max(1000);
export const Code = z.string().min(6).max(20);

export const Registration = z
  .strictObject({
    email: Email,
    password: NewPassword,
    name: z.string().min(1).max(200),
    /** Name of the organization to make; derived from the name when left out. */
    organization: z.string().min(1).max(200).optional(),
    /** The token from an invitation's mail: joins that organization instead of making one. */
    invitation_token: Secret.optional(),
  })
  .meta({ id: 'Registration' });
export type Registration = z.output<typeof Registration>;

export const SecondFactor = z.strictObject({
  code: Code,
  method: z
    .enum(['totp', 'backup'])
    .default('totp')
    .describe('backup: one of the codes that were shown when two-factor was enabled.'),
  challenge: Secret.optional().describe('From the answer to the log-in; browsers have it as a cookie.'),
});
export type SecondFactor = z.output<typeof SecondFactor>;

export const User = z
  .object({ id: z.uuid(), email: z.string(), name: z.string(), email_verified: z.boolean() })
  .meta({ id: 'User' });
export type User = z.output<typeof User>;

/** What signing in gives: a JWT for `Authorization: Bearer`, a refresh token, and the session cookie beside it. */
export const SignedIn = z
  .object({
    token: z.string(),
    token_type: z.literal('Bearer'),
    expires_at: Instant,
    refresh_token: z.string(),
    refresh_expires_at: Instant,
    user: User,
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.output<typeof SignedIn>;

export const Membership = z
  .object({ organization: z.object({ id: z.uuid(), name: z.string() }), role: Role })
  .meta({ id: 'Membership' });
export type Membership = z.output<typeof Membership>;

export const Me = z
  .object({
    ...User.shape,
    two_factor: z.boolean(),
    memberships: z.array(Membership),
    active_organization_id: z.uuid().nullable(),
    standing_still_since: Instant.nullable().describe(
      'Of which time the backup is that this installation was restored from. Nothing goes out until it is released; then, and for any other, null.',
    ),
  })
  .meta({ id: 'Me' });

export const Session = z
  .object({
    id: z.uuid(),
    created_at: Instant,
    last_seen_at: Instant,
    expires_at: Instant,
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof Session>;
