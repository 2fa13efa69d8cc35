import { lifetimes } from './auth.js';

/** better-auth's cookies: their names depend on whether we are reached by https. */
export class SessionCookies {
  readonly #prefix: string;
  readonly #session: string;
  readonly #twoFactor: string;

  constructor(publicUrl: string) {
    this.#prefix = publicUrl.startsWith('https://') ? '__Host-halyard' : 'halyard';
    this.#session = `${this.#prefix}.session_token`;
    this.#twoFactor = `${this.#prefix}.two_factor`;
  }

  /**
   * To send on. better-auth gives the session cookie the idle timeout as its age, and would have to send it again with
   * every use; we let it live as long as a session may at most, and the server decides what is idle.
   */
  toSend(from: Headers): string[] {
    return from
      .getSetCookie()
      .map((cookie) =>
        cookie.startsWith(`${this.#session}=`)
          ? cookie.replace(`Max-Age=${lifetimes.idle}`, `Max-Age=${lifetimes.absolute}`)
          : cookie,
      );
  }

  /** Takes the session cookie away. */
  toExpire(): string {
    const secure = this.#prefix.startsWith('__Host-') ? '; Secure' : '';
    return `${this.#session}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`;
  }

  /** The token of the session that these cookies begin; null when they begin none. */
  sessionToken(from: Headers): string | null {
    return setIn(from, this.#session).split('.')[0] || null;
  }

  /** What programs show in the place of the cookie of a log-in that waits for its second factor. */
  challenge(from: Headers): string {
    return setIn(from, this.#twoFactor);
  }

  ofChallenge(challenge: string): string {
    return `${this.#twoFactor}=${encodeURIComponent(challenge)}`;
  }

  /** Of the cookies that a request brought, only those of a log-in that waits for its second factor. */
  ofTwoFactor(cookie: string | undefined): string {
    const mine = cookie?.split(/; */).filter((part) => part.startsWith(`${this.#twoFactor}=`)) ?? [];
    return mine.join('; ');
  }
}

/** The value that these headers set a cookie to; empty when they set none. */
function setIn(from: Headers, name: string): string {
  const cookie = from.getSetCookie().find((set) => set.startsWith(`${name}=`));
  return decodeURIComponent(cookie?.slice(name.length + 1).split(';', 1)[0] ?? '');
}
