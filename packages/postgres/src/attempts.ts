import type { AttemptStore } from '@halyard/core/access/attempt-limits';
import { sql } from 'kysely';
import type { Database } from './database.js';

export class PgAttemptStore implements AttemptStore {
  constructor(private readonly database: Database) {}

  /** One statement: two attempts at the same moment are counted as two. Windows that are over are cleared on the way. */
  async count(key: Buffer, windowSeconds: number): Promise<{ count: number; secondsLeft: number }> {
    const { rows } = await this.database.outside((db) =>
      sql<{ count: number; seconds_left: number }>`
        with cleared as (
          delete from auth.attempts where key in (
            select key from auth.attempts where expires_at < now() and key <> ${key} limit 20 for update skip locked)
        )
        insert into auth.attempts as counted (key, count, expires_at)
        values (${key}, 1, now() + make_interval(secs => ${windowSeconds}))
        on conflict (key) do update set
          count = case when counted.expires_at < now() then 1 else counted.count + 1 end,
          expires_at = case when counted.expires_at < now() then excluded.expires_at else counted.expires_at end
        returning count, extract(epoch from expires_at - now())::float8 as seconds_left`.execute(db),
    );
    return { count: rows[0]?.count ?? 1, secondsLeft: rows[0]?.seconds_left ?? windowSeconds };
  }

  async forget(key: Buffer): Promise<void> {
    await this.database.outside((db) => db.deleteFrom('auth.attempts').where('key', '=', key).execute());
  }
}
