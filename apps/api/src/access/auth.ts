import type { AccountMail } from '@halyard/core/access/account-mail';
import { betterAuth } from 'better-auth';
import { bearer, jwt, twoFactor } from 'better-auth/plugins';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { hashPassword, verifyPassword } from './passwords.js';

const hour = 3_600;
const day = 24 * hour;

/** Seconds. A session ends after `idle` without use, and `absolute` after it began, whatever happens. */
export const lifetimes = {
  jwt: 10 * 60,
  idle: 7 * day,
  absolute: 30 * day,
  reset: hour / 2,
  verification: day,
};

export const issuer = 'halyard';
export const audience = 'halyard-api';

export interface AuthOptions {
  /** Connections of the role halyard_app. */
  pool: Pool;
  publicUrl: string;
  secret: string;
  mail: AccountMail;
  log: Logger;
  /** Called after a link from a mail changed something, in a transaction of better-auth's that is over by then. */
  linkFollowed: (
    user: { id: string; email: string },
    action: 'user.password_reset' | 'user.email_verified',
  ) => Promise<void>;
}

/**
 * better-auth for accounts, sessions, passwords, second factors and signing keys. It is called through `auth.api` only:
 * its own HTTP routes are not mounted, so that every way in is a row of our route table. Organizations, members,
 * invitations and API keys are ours, because they change in one transaction with the audit log.
 */
export function createAuth({ pool, publicUrl, secret, mail, log, linkFollowed }: AuthOptions) {
  const https = publicUrl.startsWith('https://');
  return betterAuth({
    appName: 'Halyard',
    baseURL: publicUrl,
    basePath: '/auth',
    secret,
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
      schemaName: 'auth',
      transaction: true,
    },
    telemetry: { enabled: false },
    // Wrong passwords are warnings to better-auth; to us they are expected and limited.
    logger: { level: 'error', log: (_level, message) => log.error({ component: 'better-auth' }, message) },
    advanced: {
      database: { generateId: 'uuid' },
      // useSecureCookies would write __Secure- in front of everything, and __Host- must come first.
      useSecureCookies: false,
      cookiePrefix: https ? '__Host-halyard' : 'halyard',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: https },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    session: {
      expiresIn: lifetimes.idle,
      updateAge: hour,
      additionalFields: { activeOrganizationId: { type: 'string', required: false, input: false } },
    },
    user: { additionalFields: { locale: { type: 'string', required: false } } },
    databaseHooks: { session: { update: { before: keepAbsoluteTimeout } } },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      // Also makes the answer for a known address the same as for a new one.
      autoSignIn: false,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: lifetimes.reset,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
      sendResetPassword: ({ user, token }) =>
        mail.send({
          kind: 'password_reset',
          to: user.email,
          locale: localeIn(user),
          link: `${publicUrl}/auth/links/password?token=${token}`,
        }),
      onPasswordReset: ({ user }) => linkFollowed(user, 'user.password_reset'),
      onExistingUserSignUp: ({ user }) =>
        mail.send({ kind: 'already_registered', to: user.email, locale: localeIn(user) }),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: lifetimes.verification,
      afterEmailVerification: (user) => linkFollowed(user, 'user.email_verified'),
      sendVerificationEmail: ({ user, token }) =>
        mail.send({
          kind: 'email_verification',
          to: user.email,
          locale: localeIn(user),
          link: `${publicUrl}/auth/links/email?token=${token}`,
        }),
    },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: { enabled: false }, // covers its HTTP routes only; core/access/attempt-limits.ts is ours
    plugins: [
      jwt({
        jwks: {
          keyPairConfig: { alg: 'EdDSA', crv: 'Ed25519' },
          rotationInterval: 30 * day,
          gracePeriod: day,
        },
        jwt: { issuer, audience, expirationTime: `${lifetimes.jwt}s` },
        disableSettingJwtHeader: true,
      }),
      twoFactor({ issuer: 'Halyard' }),
      // Lets us act in a session that was proved by a JWT: we pass its token, never one that a caller sent.
      bearer(),
    ],
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** Set by us from the connection before better-auth sees a request; what a caller sends in it is overwritten. */
export const clientAddressHeader = 'x-client-address';

/** better-auth hands its hooks every column, but does not type the additional ones. */
const localeIn = (user: object): string | null =>
  'locale' in user && typeof user.locale === 'string' ? user.locale : null;

async function keepAbsoluteTimeout(
  change: { expiresAt?: Date } & Record<string, unknown>,
  context: { context: { session?: { session: { createdAt: Date } } | null } } | null,
) {
  const began = context?.context.session?.session.createdAt;
  if (!began || !change.expiresAt) return;
  const latest = new Date(new Date(began).getTime() + lifetimes.absolute * 1_000);
  if (change.expiresAt > latest) return { data: { ...change, expiresAt: latest } };
}
