import { z } from 'zod';
import { Instant } from '../primitives.js';
import { noContent, roles, route } from '../route.js';

export const Role = z.enum(roles);

const Email = z.email('Give an e-mail address, such as anna@example.com.').max(254);
/** Length is what counts (NIST SP 800-63B 5.1.1.2); the upper limit keeps hashing cheap. */
const NewPassword = z.string().min(12, 'Use 12 characters or more.').max(128);
const Password = z.string().min(1).max(128);
const Secret = z.string().min(1).max(1000);
const Code = z.string().min(6).max(20);

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

const Me = z
  .object({
    ...User.shape,
    two_factor: z.boolean(),
    memberships: z.array(Membership),
    active_organization_id: z.uuid().nullable(),
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

const tag = 'Sign-in';
const attempts = ['rate_limited'] as const;

/** Signing in and what belongs to a person's account, whatever organization they work in. */
export const accessRoutes = {
  register: route({
    id: 'register',
    method: 'POST',
    path: '/auth/register',
    tag,
    summary: 'Register',
    description:
      'Makes an account and its organization. The answer is the same when the address has an account already: its owner then gets a mail that says so, and nothing is changed.',
    access: 'public',
    body: Registration,
    response: z.object({ email: z.string(), next: z.string() }),
    status: 202,
    errors: attempts,
  }),
  login: route({
    id: 'login',
    method: 'POST',
    path: '/auth/login',
    tag,
    summary: 'Log in',
    description:
      'Answers with a JWT and sets the session cookie. With two-factor sign-in the answer is the problem two_factor_required: its `challenge`, or the cookie that comes with it, goes to POST /auth/two-factor with the code.',
    access: 'public',
    body: z.strictObject({ email: Email, password: Password }),
    response: SignedIn,
    errors: ['invalid_credentials', 'two_factor_required', ...attempts],
  }),
  twoFactor: route({
    id: 'completeTwoFactor',
    method: 'POST',
    path: '/auth/two-factor',
    tag,
    summary: 'Complete a log-in with the second factor',
    access: 'public',
    body: SecondFactor,
    response: SignedIn,
    errors: ['invalid_credentials', ...attempts],
  }),
  refresh: route({
    id: 'refreshToken',
    method: 'POST',
    path: '/auth/refresh',
    tag,
    summary: 'Trade a refresh token for a new JWT and a new refresh token',
    description:
      'A refresh token works once. When one comes back after its use, somebody else has it: the session ends.',
    access: 'public',
    body: z.strictObject({ refresh_token: Secret }),
    response: SignedIn,
    errors: ['invalid_credentials', ...attempts],
  }),
  logout: route({
    id: 'logout',
    method: 'POST',
    path: '/auth/logout',
    tag,
    summary: 'Log out: end this session',
    access: 'signed_in',
    response: noContent,
    status: 204,
  }),
  forgotPassword: route({
    id: 'forgotPassword',
    method: 'POST',
    path: '/auth/password/forgot',
    tag,
    summary: 'Ask for a mail to set a new password',
    description: 'Answers the same whether the address has an account or not.',
    access: 'public',
    body: z.strictObject({ email: Email }),
    response: z.object({ next: z.string() }),
    status: 202,
    errors: attempts,
  }),
  resetPassword: route({
    id: 'resetPassword',
    method: 'POST',
    path: '/auth/password/reset',
    tag,
    summary: 'Set a new password with the token from the mail; ends all sessions',
    access: 'public',
    body: z.strictObject({ token: Secret, password: NewPassword }),
    response: noContent,
    status: 204,
    errors: ['invalid_credentials', ...attempts],
  }),
  changePassword: route({
    id: 'changePassword',
    method: 'POST',
    path: '/auth/password',
    tag,
    summary: 'Change the password; ends all other sessions',
    access: 'signed_in',
    body: z.strictObject({ current_password: Password, new_password: NewPassword }),
    response: noContent,
    status: 204,
    errors: ['invalid_credentials', ...attempts],
  }),
  verifyEmail: route({
    id: 'verifyEmail',
    method: 'POST',
    path: '/auth/email/verify',
    tag,
    summary: 'Verify the address with the token from the mail',
    access: 'public',
    body: z.strictObject({ token: Secret }),
    response: noContent,
    status: 204,
    errors: ['invalid_credentials', ...attempts],
  }),
  sendVerification: route({
    id: 'sendVerificationMail',
    method: 'POST',
    path: '/auth/email/send-verification',
    tag,
    summary: 'Send the verification mail again',
    access: 'signed_in',
    response: noContent,
    status: 204,
    errors: ['invalid_state', ...attempts],
  }),
  enableTwoFactor: route({
    id: 'enableTwoFactor',
    method: 'POST',
    path: '/auth/two-factor/enable',
    tag,
    summary: 'Begin two-factor: get the secret for an authenticator app and the backup codes',
    access: 'signed_in',
    body: z.strictObject({ password: Password }),
    response: z.object({ totp_uri: z.string(), backup_codes: z.array(z.string()) }),
    errors: ['invalid_credentials', 'invalid_state', ...attempts],
  }),
  confirmTwoFactor: route({
    id: 'confirmTwoFactor',
    method: 'POST',
    path: '/auth/two-factor/verify',
    tag,
    summary: 'Switch two-factor on with a first code; the session is renewed',
    access: 'signed_in',
    body: z.strictObject({ code: Code }),
    response: SignedIn,
    errors: ['invalid_credentials', 'invalid_state', ...attempts],
  }),
  disableTwoFactor: route({
    id: 'disableTwoFactor',
    method: 'POST',
    path: '/auth/two-factor/disable',
    tag,
    summary: 'Switch two-factor off; the session is renewed',
    access: 'signed_in',
    body: z.strictObject({ password: Password }),
    response: SignedIn,
    errors: ['invalid_credentials', ...attempts],
  }),
  listSessions: route({
    id: 'listSessions',
    method: 'GET',
    path: '/auth/sessions',
    tag,
    summary: 'List where you are signed in',
    access: 'signed_in',
    response: z.object({ items: z.array(Session) }),
  }),
  revokeSession: route({
    id: 'revokeSession',
    method: 'DELETE',
    path: '/auth/sessions/:id',
    tag,
    summary: 'End one of your sessions',
    access: 'signed_in',
    params: z.object({ id: z.uuid() }),
    response: noContent,
    status: 204,
  }),
  me: route({
    id: 'readMe',
    method: 'GET',
    path: '/users/me',
    tag,
    summary: 'Who you are and which organizations you belong to',
    access: 'signed_in',
    response: Me,
  }),
};
