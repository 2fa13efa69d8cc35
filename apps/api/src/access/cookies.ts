import { lifetimes } from './auth.js';

/** better-auth's cookies: their names depend on whether we are reached by https. */
export class SessionCookies {
  readonly #prefix: string;
  readonly #session: string;

  constructor(publicUrl: string) {
    this.#prefix = publicUrl.startsWith('https://') ? '__Host-halyard' : 'halyard';
    this.#session = `${this.#prefix}.session_token`;
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
    const cookie = from.getSetCookie().find((set) => set.startsWith(`${this.#session}=`));
    const value = decodeURIComponent(cookie?.slice(this.#session.length + 1).split(';', 1)[0] ?? '');
    return value.split('.')[0] || null;
  }

  /** Of the cookies that a request brought, only those of a log-in that waits for its second factor. */
  ofTwoFactor(cookie: string | undefined): string {
    const mine = cookie?.split(/; */).filter((part) => part.startsWith(`${this.#prefix}.two_factor`)) ?? [];
    return mine.join('; ');
  }
}
