import type { UserId } from '@halyard/core/ids';
import { standsStillSince } from './backup/standstill.js';
import type { Database } from './database.js';

/** What is known of a user beside their sessions. */
export interface Account {
  id: UserId;
  email: string;
  name: string;
  emailVerified: boolean;
  twoFactor: boolean;
}

/** Reads better-auth's users, and renews password hashes. */
export class PgAccounts {
  constructor(private readonly database: Database) {}

  find(id: UserId): Promise<Account | null> {
    return this.#findBy('id', id);
  }

  findByEmail(email: string): Promise<Account | null> {
    return this.#findBy('email', email.toLowerCase());
  }

  passwordHash(id: UserId): Promise<string | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.account')
        .select('password')
        .where('userId', '=', id)
        .where('providerId', '=', 'credential')
        .executeTakeFirst();
      return row?.password ?? null;
    });
  }

  /** Compare and set: a password that was changed meanwhile stays. */
  async renewHash(id: UserId, known: string, renewed: string): Promise<void> {
    await this.database.outside((db) =>
      db
        .updateTable('auth.account')
        .set({ password: renewed, updatedAt: new Date() })
        .where('userId', '=', id)
        .where('providerId', '=', 'credential')
        .where('password', '=', known)
        .execute(),
    );
  }

  /** See standstill.ts: it concerns whoever signs in. */
  standingStillSince(): Promise<Date | null> {
    return standsStillSince(this.database.pool);
  }

  #findBy(column: 'id' | 'email', value: string): Promise<Account | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.user')
        .select(['id', 'email', 'name', 'emailVerified', 'twoFactorEnabled'])
        .where(column, '=', value)
        .executeTakeFirst();
      if (!row) return null;
      const { twoFactorEnabled, ...account } = row;
      return { ...account, id: row.id as UserId, twoFactor: twoFactorEnabled ?? false };
    });
  }
}
