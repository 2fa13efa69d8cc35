import { networkOf } from './network-of.js';
import { RateLimited } from './rate-limited.js';
import { hashSecret } from './secrets.js';

/** Counts in the database, so that several processes share a limit. */
export interface AttemptStore {
  /** Counts one attempt in the running window, or begins a window. */
  count(key: Buffer, windowSeconds: number): Promise<{ count: number; secondsLeft: number }>;
  forget(key: Buffer): Promise<void>;
}

interface Limit {
  perAccount: number;
  perAddress: number;
  windowSeconds: number;
}

const quarter = 15 * 60;
const limits = {
  log_in: { perAccount: 10, perAddress: 100, windowSeconds: quarter },
  register: { perAccount: 5, perAddress: 30, windowSeconds: 60 * 60 },
  mail: { perAccount: 3, perAddress: 30, windowSeconds: quarter },
  invite: { perAccount: 5, perAddress: 200, windowSeconds: 60 * 60 },
  /** Passwords and codes asked for again inside a session. */
  confirm: { perAccount: 10, perAddress: 100, windowSeconds: quarter },
  /** Secrets of 128 bits or more: nobody guesses them, but nobody needs to try often either. */
  token: { perAccount: 100, perAddress: 300, windowSeconds: quarter },
} as const satisfies Record<string, Limit>;

/** Longer than a code of an authenticator can be valid: its step, the one before and the one after. */
const codeSeconds = 180;

export type AttemptKind = keyof typeof limits;

/**
 * Limits attempts per account and per network address. The account is counted whether it exists or not, so that a limit
 * tells nobody which do. Attempts are counted before they are checked: many at once do not slip through.
 */
export class AttemptLimits {
  constructor(private readonly store: AttemptStore) {}

  /** Throws `RateLimited` when the account or the address has used its attempts up. */
  async take(kind: AttemptKind, account: string | null, address: string): Promise<void> {
    const { perAccount, perAddress, windowSeconds } = limits[kind];
    await this.#take(keyOf(kind, 'address', networkOf(address)), perAddress, windowSeconds);
    if (account) await this.#take(keyOf(kind, 'account', account), perAccount, windowSeconds);
  }

  /** After a success: the account's failures no longer count. The address's do. */
  succeeded(kind: AttemptKind, account: string): Promise<void> {
    return this.store.forget(keyOf(kind, 'account', account));
  }

  /**
   * False when the account has used this code before: a code of a minute and a half is good for one log-in (RFC 6238,
   * section 5.2), whoever else saw it.
   */
  async isFirstUse(code: string, account: string): Promise<boolean> {
    const { count } = await this.store.count(hashSecret(`used code ${account} ${code}`), codeSeconds);
    return count === 1;
  }

  async #take(key: Buffer, limit: number, windowSeconds: number): Promise<void> {
    const { count, secondsLeft } = await this.store.count(key, windowSeconds);
    if (count > limit) throw new RateLimited(Math.max(1, Math.ceil(secondsLeft)));
  }
}

const keyOf = (kind: AttemptKind, of: 'account' | 'address', name: string): Buffer =>
  hashSecret(`${kind} ${of} ${name.toLowerCase()}`);
