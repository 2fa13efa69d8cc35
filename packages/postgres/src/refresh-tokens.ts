import type { SessionId, UserId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database } from './database.js';

/** What became of a refresh token that was shown. */
export type Rotation =
  | { outcome: 'rotated'; sessionId: SessionId; userId: UserId }
  /** It had been used: the session was ended, and every token of it with it. */
  | { outcome: 'reused'; userId: UserId }
  | { outcome: 'unknown' };

/** Refresh tokens: one chain per session, each link used once. */
export class PgRefreshTokens {
  constructor(private readonly database: Database) {}

  async begin(sessionId: SessionId, hash: Buffer, expiresAt: Date): Promise<void> {
    await this.database.outside((db) =>
      db
        .insertInto('auth.refresh_tokens')
        .values({ token_hash: hash, session_id: sessionId, expires_at: expiresAt })
        .execute(),
    );
  }

  /**
   * Uses the token up, puts `next` in its place and moves the session's idle timeout to `expiresAt`, never past
   * `absoluteSeconds` after the session began. Of two that show the same token at once, the second ends the session.
   */
  rotate(shown: Buffer, next: Buffer, expiresAt: Date, absoluteSeconds: number): Promise<Rotation> {
    return this.database.outside((db) =>
      db.transaction().execute(async (tx): Promise<Rotation> => {
        const token = await tx
          .selectFrom('auth.refresh_tokens as token')
          .innerJoin('auth.session as session', 'session.id', 'token.session_id')
          .select(['token.used_at', 'session.id', 'session.userId'])
          .where('token.token_hash', '=', shown)
          .where('token.expires_at', '>', sql<Date>`now()`)
          .where('session.expiresAt', '>', sql<Date>`now()`)
          .forUpdate('token')
          .executeTakeFirst();
        if (!token) return { outcome: 'unknown' };
        const userId = token.userId as UserId;
        if (token.used_at) {
          await tx.deleteFrom('auth.session').where('id', '=', token.id).execute();
          return { outcome: 'reused', userId };
        }
        await tx
          .updateTable('auth.refresh_tokens')
          .set({ used_at: sql`now()` })
          .where('token_hash', '=', shown)
          .execute();
        await tx
          .insertInto('auth.refresh_tokens')
          .values({ token_hash: next, session_id: token.id, expires_at: expiresAt })
          .execute();
        const latest = sql<Date>`least(${expiresAt}, "createdAt" + make_interval(secs => ${absoluteSeconds}))`;
        await tx
          .updateTable('auth.session')
          .set({ expiresAt: latest, updatedAt: sql`now()` })
          .where('id', '=', token.id)
          .execute();
        return { outcome: 'rotated', sessionId: token.id as SessionId, userId };
      }),
    );
  }
}
