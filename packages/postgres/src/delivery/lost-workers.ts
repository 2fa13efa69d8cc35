import { sql } from 'kysely';
import type { Tx } from '../database.js';

const lookEveryMs = 2_000;
/** A worker that lost its connection has another one after a second; one that is gone for so long is dead. */
const goneForMs = 4_000;

/**
 * Which workers are dead whose sends are under way: nobody holds the lock by which a worker shows that it lives. So what
 * they left is taken over within seconds. A machine whose cable was pulled says nothing: there the lease must run out.
 */
export class LostWorkers {
  #lookAgainAt = 0;
  #goneSince = new Map<string, number>();

  async names(tx: Tx, now: Date): Promise<string[]> {
    const at = now.getTime();
    if (at >= this.#lookAgainAt) {
      this.#lookAgainAt = at + lookEveryMs;
      const absent = await absentWorkers(tx);
      this.#goneSince = new Map(absent.map((name) => [name, this.#goneSince.get(name) ?? at]));
    }
    return [...this.#goneSince].filter(([, since]) => at - since >= goneForMs).map(([name]) => name);
  }
}

async function absentWorkers(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with workers as materialized (
      select distinct lease_owner as name from messages where status = 'sending' and lease_owner is not null
    )
    select name from workers where pg_try_advisory_xact_lock(hashtextextended('worker ' || name, 0))`.execute(
    tx,
  );
  return rows.map(({ name }) => name);
}
