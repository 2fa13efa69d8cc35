import type { SessionId, UserId } from '@halyard/core/ids';
import type { LiveSession, PgSessions } from '@halyard/postgres/sessions';
import type { JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { UserPrincipal } from '../http/caller.js';
import type { Auth } from './auth.js';
import { audience, issuer, lifetimes } from './auth.js';
import { ShortCache } from './short-cache.js';

/** Checks JWTs: signature and claims with our own keys, and that the session they came from has not ended. */
export class TokenCheck {
  // Ending a session therefore reaches JWTs of it within this time in other processes; in this one at once.
  readonly #sessions = new ShortCache<SessionId, LiveSession | null>(5_000);
  readonly #keys = new ShortCache<'keys', JWTVerifyGetKey>(300_000);

  constructor(
    private readonly auth: Auth,
    private readonly sessions: PgSessions,
  ) {}

  async principalOf(token: string): Promise<UserPrincipal | null> {
    const claims = await this.#verify(token);
    if (!claims) return null;
    const id = claims.sid as SessionId;
    const session = await this.#sessions.get(id, () => this.sessions.find(id));
    if (!session || session.userId !== claims.sub) return null;
    const { userId, email, name } = session;
    return { kind: 'user', userId, sessionId: id, email, name };
  }

  /** Forgets which sessions are live, so that one ended in this process ends at once. */
  forget(): void {
    this.#sessions.clear();
  }

  async #verify(token: string): Promise<{ sub?: string; sid?: unknown } | null> {
    try {
      return await this.#verifyWith(token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) {
        this.#keys.clear(); // signed with a key that was made since we looked: another process rotated
        return this.#verifyWith(token).catch(() => null);
      }
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  async #verifyWith(token: string) {
    const keys = await this.#keys.get('keys', async () => createLocalJWKSet(await this.auth.api.getJwks()));
    const options = { algorithms: ['EdDSA'], issuer, audience, requiredClaims: ['sub', 'exp', 'sid'] };
    return (await jwtVerify<{ sid: string }>(token, keys, options)).payload;
  }
}

/** A JWT of this session, signed with our newest key. */
export async function signAccessToken(auth: Auth, userId: UserId, sessionId: SessionId) {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const exp = issuedAt + lifetimes.jwt;
  const payload = { sub: userId, sid: sessionId, iat: issuedAt, exp };
  const { token } = await auth.api.signJWT({ body: { payload } });
  return { token, expiresAt: new Date(exp * 1_000) };
}
