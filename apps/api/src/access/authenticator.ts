import type { Role } from '@halyard/contracts/route';
import type { OrgId, SessionId, UserId } from '@halyard/core/ids';
import type { PgSessions } from '@halyard/postgres/sessions';
import type { Authenticator, Principal, RequestHeaders, UserPrincipal } from '../http/caller.js';
import type { Auth } from './auth.js';
import type { KeyCheck } from './key-check.js';
import { ShortCache } from './short-cache.js';
import type { TokenCheck } from './token-check.js';

/** Finds out who calls: by API key, JWT or session cookie, in this order. A proof that fails is never made up for by another. */
export class SessionAuthenticator implements Authenticator {
  readonly #roles = new ShortCache<string, Role | null>(5_000);
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly auth: Auth,
    private readonly sessions: PgSessions,
    private readonly tokens: TokenCheck,
    private readonly keys: KeyCheck,
  ) {}

  async authenticate(headers: RequestHeaders): Promise<Principal | null> {
    const key = headers['x-api-key'];
    if (typeof key === 'string') return this.keys.principalOf(key);
    const { authorization, cookie } = headers;
    if (typeof authorization === 'string') {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (!token) return null;
      return token.startsWith('hal_') ? this.keys.principalOf(token) : this.tokens.principalOf(token);
    }
    return typeof cookie === 'string' ? this.#bySession(cookie) : null;
  }

  roleOf(userId: UserId, orgId: OrgId): Promise<Role | null> {
    return this.#roles.get(`${userId} ${orgId}`, () => this.sessions.roleOf(userId, orgId));
  }

  defaultOrganization(user: UserPrincipal): Promise<OrgId | null> {
    return this.sessions.defaultOrganization(user.userId, user.sessionId);
  }

  /** After a change of roles, keys or sessions in this process: it counts at once. Other processes take seconds. */
  forget(): void {
    this.#roles.clear();
    this.tokens.forget();
    this.keys.forget();
    for (const listener of this.#listeners) listener();
  }

  /** Calls whenever roles, keys or sessions were changed in this process. */
  onForget(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async #bySession(cookie: string): Promise<UserPrincipal | null> {
    const found = await this.auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return null;
    const { session, user } = found;
    return {
      kind: 'user',
      userId: user.id as UserId,
      sessionId: session.id as SessionId,
      email: user.email,
      name: user.name,
    };
  }
}
