import type { SignedIn } from '@halyard/contracts/access/account';
import type { Secrets } from '@halyard/core/access/secrets';
import { hashSecret } from '@halyard/core/access/secrets';
import type { Clock } from '@halyard/core/clock';
import { DomainError } from '@halyard/core/domain-error';
import type { PgRefreshTokens } from '@halyard/postgres/refresh-tokens';
import type { LiveSession, PgSessions } from '@halyard/postgres/sessions';
import type { Auth } from './auth.js';
import { lifetimes } from './auth.js';
import type { SessionCookies } from './cookies.js';
import { signAccessToken } from './token-check.js';

/** A session as it goes to the caller: tokens in the body, and the cookies to set. */
export interface SessionAnswer {
  signedIn: SignedIn;
  cookies: string[];
}

/** Makes the tokens of a session: a JWT for ten minutes and a refresh token. */
export class SessionAnswers {
  constructor(
    private readonly auth: Auth,
    private readonly sessions: PgSessions,
    private readonly refreshTokens: PgRefreshTokens,
    private readonly cookies: SessionCookies,
    private readonly fresh: { secret: Secrets; clock: Clock },
  ) {}

  /** For the session that better-auth began with these headers. */
  async begin(headers: Headers): Promise<SessionAnswer> {
    const token = this.cookies.sessionToken(headers);
    const session = token ? await this.sessions.findByToken(token) : null;
    if (!session) throw new Error('better-auth began no session.');
    const refreshToken = this.fresh.secret();
    const refreshUntil = this.#refreshUntil();
    await this.refreshTokens.begin(session.id, hashSecret(refreshToken), refreshUntil);
    await this.sessions.sweep();
    return {
      signedIn: await this.#answer(session, refreshToken, refreshUntil),
      cookies: this.cookies.toSend(headers),
    };
  }

  /** Ends the session that better-auth began with these headers, before anybody gets it. */
  async discard(headers: Headers): Promise<void> {
    const token = this.cookies.sessionToken(headers);
    const session = token ? await this.sessions.findByToken(token) : null;
    if (session) await this.sessions.end(session.userId, session.id);
  }

  /** Uses up a refresh token. One that was used before ends its session: two have it, and one of them stole it. */
  async refresh(shown: string): Promise<SignedIn> {
    const next = this.fresh.secret();
    const until = this.#refreshUntil();
    const rotation = await this.refreshTokens.rotate(
      hashSecret(shown),
      hashSecret(next),
      until,
      lifetimes.absolute,
    );
    const session = rotation.outcome === 'rotated' ? await this.sessions.find(rotation.sessionId) : null;
    if (!session)
      throw new DomainError(
        'invalid_credentials',
        'This refresh token cannot be used any more. Log in again.',
      );
    return this.#answer(session, next, until);
  }

  async #answer(session: LiveSession, refreshToken: string, refreshUntil: Date): Promise<SignedIn> {
    const { token, expiresAt } = await signAccessToken(this.auth, session.userId, session.id);
    const { userId, email, name, emailVerified } = session;
    return {
      token,
      token_type: 'Bearer',
      expires_at: expiresAt.toISOString(),
      refresh_token: refreshToken,
      refresh_expires_at: refreshUntil.toISOString(),
      user: { id: userId, email, name, email_verified: emailVerified },
    };
  }

  #refreshUntil(): Date {
    return new Date(this.fresh.clock.now().getTime() + lifetimes.idle * 1_000);
  }
}
