import type { Registration, SecondFactor, SignedIn } from '@halyard/contracts/access/account';
import type { AttemptLimits } from '@halyard/core/access/attempt-limits';
import { userActor } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { UserId } from '@halyard/core/ids';
import type { Invitations } from '@halyard/core/organizations/invitations';
import type { Organizations } from '@halyard/core/organizations/organizations';
import type { PgAccounts } from '@halyard/postgres/accounts';
import type { Auth } from './auth.js';
import type { Client } from './client.js';
import { headersFor, localeOf } from './client.js';
import type { SessionCookies } from './cookies.js';
import { assertLongEnough, hashPassword, isOutdated } from './passwords.js';
import { refuse } from './refusals.js';
import type { SessionAnswer, SessionAnswers } from './session-answers.js';

/** A log-in is complete, or waits for the second factor: browsers send its cookies, programs its challenge. */
export type LoginResult =
  | { complete: true; answer: SessionAnswer }
  | { complete: false; cookies: string[]; challenge: string };

const wrongPassword = 'This e-mail address and password do not belong together.';
const usedCode = 'This code was used already. Log in again with the next one.';
const wrongCode = 'This code is not right, or the log-in took too long. Try again, or log in anew.';

/** Registering and signing in, in front of better-auth, whose own limits do not cover calls of its server API. */
export class SignIn {
  constructor(
    private readonly auth: Auth,
    private readonly limits: AttemptLimits,
    private readonly answers: SessionAnswers,
    private readonly cookies: SessionCookies,
    private readonly join: { accounts: PgAccounts; organizations: Organizations; invitations: Invitations },
  ) {}

  /**
   * The same for a known address as for a new one: better-auth hashes the password either way, gives an invented user,
   * and has a mail sent. What still differs is the few milliseconds in which an organization is made.
   */
  async register(input: Registration, client: Client): Promise<void> {
    await this.limits.take('register', input.email, client.address);
    const { accounts, invitations } = this.join;
    if (input.invitation_token) await invitations.assertInvited(input.invitation_token, input.email);
    const { email, password, name } = input;
    const { user } = await this.auth.api.signUpEmail({
      body: { email, password, name, locale: localeOf(client) },
      headers: headersFor(client),
    });
    const account = await accounts.find(user.id as UserId);
    // In better-auth's transaction this is not possible. A crash in between leaves a user without an organization, who
    // can make one (POST /organizations) or accept the invitation.
    if (account) await this.#settle(account.id, input, client);
  }

  /**
   * For a person with the link from an invitation and nothing else: logs in to the account of its address, or makes one.
   * Returns the cookies of the session, if one began.
   */
  async joinByInvitation(
    token: string,
    { name, password }: { name: string; password: string },
    client: Client,
  ): Promise<string[]> {
    await this.limits.take('token', null, client.address);
    const { accounts, invitations } = this.join;
    const email = await invitations.addressInvited(token);
    const account = await accounts.findByEmail(email);
    if (!account) {
      assertLongEnough(password);
      await this.register({ email, password, name: name || email, invitation_token: token }, client);
      return [];
    }
    const login = await this.login(email, password, client);
    if (!login.complete)
      throw new DomainError('two_factor_required', 'Log in first, then accept (POST /invitations/accept).');
    await invitations.acceptByToken(account.id, token, userActor(account.id, email, client.requestId));
    return login.answer.cookies;
  }

  async login(email: string, password: string, client: Client): Promise<LoginResult> {
    await this.limits.take('log_in', email, client.address);
    const { headers, response } = await this.auth.api
      .signInEmail({ body: { email, password }, headers: headersFor(client), returnHeaders: true })
      .catch(refuse(wrongPassword));
    await this.limits.succeeded('log_in', email);
    await this.#endPrevious(client);
    if (!('token' in response) || !response.token)
      return {
        complete: false,
        cookies: this.cookies.toSend(headers),
        challenge: this.cookies.challenge(headers),
      };
    await this.#renewHash(response.user.id as UserId, password);
    return { complete: true, answer: await this.answers.begin(headers) };
  }

  async completeTwoFactor({ code, method, challenge }: SecondFactor, client: Client): Promise<SessionAnswer> {
    await this.limits.take('confirm', null, client.address);
    const cookie = challenge ? this.cookies.ofChallenge(challenge) : this.cookies.ofTwoFactor(client.cookie);
    if (!cookie)
      throw new DomainError(
        'invalid_credentials',
        'Log in first (POST /auth/login) and send the challenge or the cookie of its answer along.',
      );
    const options = { body: { code }, headers: headersFor(client, { cookie }), returnHeaders: true as const };
    if (method === 'backup')
      return this.answers.begin(
        (await this.auth.api.verifyBackupCode(options).catch(refuse(wrongCode))).headers,
      );
    const { headers, response } = await this.auth.api.verifyTOTP(options).catch(refuse(wrongCode));
    if (await this.limits.isFirstUse(code, response.user.id)) return this.answers.begin(headers);
    await this.answers.discard(headers);
    throw new DomainError('invalid_credentials', usedCode);
  }

  async refresh(refreshToken: string, client: Client): Promise<SignedIn> {
    await this.limits.take('token', null, client.address);
    return this.answers.refresh(refreshToken);
  }

  async #settle(userId: UserId, input: Registration, client: Client): Promise<void> {
    const { organizations, invitations } = this.join;
    const actor = userActor(userId, input.email, client.requestId);
    if (input.invitation_token) await invitations.acceptByToken(userId, input.invitation_token, actor);
    else await organizations.create({ name: input.organization ?? input.name }, userId, actor);
  }

  /** A browser that logs in anew gives its old session up: nobody who kept the old cookie stays signed in. */
  async #endPrevious(client: Client): Promise<void> {
    const { cookie } = client;
    if (cookie) await this.auth.api.signOut({ headers: headersFor(client, { cookie }) });
  }

  async #renewHash(userId: UserId, password: string): Promise<void> {
    const known = await this.join.accounts.passwordHash(userId);
    if (known && isOutdated(known))
      await this.join.accounts.renewHash(userId, known, await hashPassword(password));
  }
}
