import type { AttemptLimits } from '@halyard/core/access/attempt-limits';
import { userActor } from '@halyard/core/actor';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { SessionId } from '@halyard/core/ids';
import type { Account, PgAccounts } from '@halyard/postgres/accounts';
import type { PgAuditTrail } from '@halyard/postgres/audit-trail';
import type { PgSessions } from '@halyard/postgres/sessions';
import type { UserPrincipal } from '../http/caller.js';
import type { Auth } from './auth.js';
import type { Client } from './client.js';
import { headersFor } from './client.js';
import { refuse } from './refusals.js';
import type { SessionAnswer, SessionAnswers } from './session-answers.js';

const wrongPassword = 'This is not your password.';

/**
 * What people change about their own account. better-auth does it in its own transaction, so the audit records follow
 * right after: a crash between the two loses the record, never the change.
 */
export class AccountChanges {
  constructor(
    private readonly auth: Auth,
    private readonly limits: AttemptLimits,
    private readonly answers: SessionAnswers,
    private readonly sessions: PgSessions,
    private readonly records: { accounts: PgAccounts; audit: PgAuditTrail },
  ) {}

  async rename(user: UserPrincipal, name: string, client: Client): Promise<Account> {
    await this.auth.api.updateUser({ body: { name }, headers: await this.#headers(user, client) });
    await this.#record(user, client, 'user.renamed');
    const account = await this.records.accounts.find(user.userId);
    if (!account) throw notFound('user');
    return account;
  }

  /** All other sessions end: whoever knew the old password may sit in one. */
  async changePassword(user: UserPrincipal, current: string, next: string, client: Client): Promise<void> {
    await this.limits.take('confirm', user.userId, client.address);
    await this.auth.api
      .changePassword({
        body: { currentPassword: current, newPassword: next },
        headers: await this.#headers(user, client),
      })
      .catch(refuse(wrongPassword));
    await this.limits.succeeded('confirm', user.userId);
    await this.sessions.endOthers(user.userId, user.sessionId);
    await this.#record(user, client, 'user.password_changed');
  }

  async forgotPassword(email: string, client: Client): Promise<void> {
    await this.limits.take('mail', email, client.address);
    await this.auth.api.requestPasswordReset({ body: { email }, headers: headersFor(client) });
  }

  /** All sessions end (a setting of better-auth). */
  async resetPassword(token: string, password: string, client: Client): Promise<void> {
    await this.limits.take('token', null, client.address);
    await this.auth.api
      .resetPassword({ body: { token, newPassword: password }, headers: headersFor(client) })
      .catch(refuse('This link was used or has expired. Ask for a new one (POST /auth/password/forgot).'));
  }

  async verifyEmail(token: string, client: Client): Promise<void> {
    await this.limits.take('token', null, client.address);
    await this.auth.api
      .verifyEmail({ query: { token }, headers: headersFor(client) })
      .catch(refuse('This link has expired. Ask for a new one (POST /auth/email/send-verification).'));
  }

  async sendVerification(user: UserPrincipal, client: Client): Promise<void> {
    await this.limits.take('mail', user.email, client.address);
    const account = await this.records.accounts.find(user.userId);
    if (account?.emailVerified) throw new DomainError('invalid_state', 'Your address is verified already.');
    await this.auth.api.sendVerificationEmail({
      body: { email: user.email },
      headers: await this.#headers(user, client),
    });
  }

  async enableTwoFactor(user: UserPrincipal, password: string, client: Client) {
    await this.limits.take('confirm', user.userId, client.address);
    const begun = await this.auth.api
      .enableTwoFactor({ body: { password, method: 'totp' }, headers: await this.#headers(user, client) })
      .catch(refuse(wrongPassword));
    if (begun.method !== 'totp')
      throw new Error('better-auth began another second factor than we asked for.');
    return { totp_uri: begun.totpURI, backup_codes: begun.backupCodes };
  }

  async confirmTwoFactor(user: UserPrincipal, code: string, client: Client): Promise<SessionAnswer> {
    await this.limits.take('confirm', user.userId, client.address);
    if ((await this.records.accounts.find(user.userId))?.twoFactor)
      throw new DomainError('invalid_state', 'Two-factor is on already.');
    const { headers } = await this.auth.api
      .verifyTOTP({ body: { code }, headers: await this.#headers(user, client), returnHeaders: true })
      .catch(refuse('This code is not right. Check the clock of your device, and try the next code.'));
    await this.limits.isFirstUse(code, user.userId); // from now on it is none for a log-in
    await this.#record(user, client, 'user.two_factor_enabled');
    return this.answers.begin(headers);
  }

  async disableTwoFactor(user: UserPrincipal, password: string, client: Client): Promise<SessionAnswer> {
    await this.limits.take('confirm', user.userId, client.address);
    const { headers } = await this.auth.api
      .disableTwoFactor({
        body: { password },
        headers: await this.#headers(user, client),
        returnHeaders: true,
      })
      .catch(refuse(wrongPassword));
    await this.#record(user, client, 'user.two_factor_disabled');
    return this.answers.begin(headers);
  }

  async endSession(user: UserPrincipal, id: SessionId, client: Client): Promise<void> {
    if (!(await this.sessions.end(user.userId, id))) throw notFound('session');
    if (id !== user.sessionId) await this.#record(user, client, 'user.session_ended');
  }

  /** Lets better-auth act in the caller's session, whatever they proved it with. */
  async #headers(user: UserPrincipal, client: Client): Promise<Headers> {
    const session = await this.sessions.find(user.sessionId);
    if (!session) throw new DomainError('unauthenticated', 'Your session has ended. Log in again.');
    return headersFor(client, { authorization: `Bearer ${session.token}` });
  }

  #record(user: UserPrincipal, client: Client, action: string): Promise<void> {
    const actor = userActor(user.userId, user.email, client.requestId);
    const target = { type: 'user', id: user.userId };
    return this.records.audit.recordForUser(user.userId, { actor, action, target });
  }
}
