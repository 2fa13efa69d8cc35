import type { EventId, MessageId, OrgId, RunId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { notDecided, setAsides } from '../delivery/set-asides.js';
import { ahead } from '../send-ahead.js';

export interface Item {
  orgId: OrgId;
  id: EventId | RunId | MessageId;
}

export type BegunKind = 'events' | 'runs' | 'messages';

/**
 * What this worker is about to decide, on record before it begins, so that what kills a process is not tried for ever.
 *
 *     begin: lock the round's id until the decision ends, write the row by another connection, committed at once
 *     end:   the row goes in the transaction of the decision; when that fails, before the next round
 *     dead:  a row whose lock is free: its process died, perhaps of one of these. Each counts as tried once more.
 *
 * The lock comes before the row and goes after it, so a row is never taken for dead while its worker lives. A row per round
 * and not a mark on each event: 500 events cost one insert, which need not wait for the disk either, as a crash of the
 * process does not lose it.
 */
export class Begun {
  /** Rounds that failed, whose rows are still there. */
  readonly #left = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Takes the lock of a round to come; it is held once the next statement of the transaction has its answer. */
  async lock(tx: Tx): Promise<string> {
    const id = randomIds();
    await sql`${ahead}select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(tx);
    return id;
  }

  async begin(id: string, kind: BegunKind, items: readonly Item[]): Promise<void> {
    const pairs = JSON.stringify(items.map((item) => [item.orgId, item.id]));
    await this.database.outside((db) =>
      sql`
        insert into rounds_begun (id, kind, items)
        select ${id}::uuid, ${kind}, ${pairs}::jsonb
        from (select set_config('synchronous_commit', 'off', true)) fast`.execute(db),
    );
  }

  async end(tx: Tx, id: string): Promise<void> {
    await sql`${ahead}delete from rounds_begun where id = ${id}::uuid`.execute(tx);
  }

  /** The round failed and its process lives: nobody died of it. */
  failed(id: string): void {
    this.#left.add(id);
  }

  async #forget(): Promise<void> {
    if (this.#left.size === 0) return;
    const ids = [...this.#left];
    await this.database.outside((db) =>
      sql`delete from rounds_begun where id = any (${ids}::uuid[])`.execute(db),
    );
    for (const id of ids) this.#left.delete(id);
  }

  /** Counts what dead workers had begun as tried once more, and puts it off. `pausesMs`: by how often it was tried before. */
  async countDeaths(kind: BegunKind, now: Date, pausesMs: readonly number[]): Promise<void> {
    await this.#forget();
    const died = sql`
      with dead as (
        delete from rounds_begun where kind = ${kind} and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
        returning items
      ), died as (
        select (item->>0)::uuid as org_id, (item->>1)::uuid as id from dead, jsonb_array_elements(items) as item
      )`;
    await this.database.outside((db) => sql`${died} ${counted[kind](now, pausesMs)}`.execute(db));
  }
}

const diedOf = 'The process ended while this was decided.';

/** When something is due again that was tried so often before, and was due then; the first time it does not wait. */
const putOff = (
  tries: RawBuilder<unknown>,
  due: RawBuilder<unknown>,
  now: Date,
  pausesMs: readonly number[],
) =>
  sql`case when ${tries} > 0
    then ${now}::timestamptz + make_interval(secs => (${pausesMs}::float8[])[least(${tries}, ${pausesMs.length - 1}) + 1] / 1000)
    else ${due} end`;

const counted: Record<BegunKind, (now: Date, pausesMs: readonly number[]) => RawBuilder<unknown>> = {
  events: (now, pausesMs) => sql`
    update pending_events pending set tries = pending.tries + 1, last_error = ${diedOf},
      not_before = ${putOff(sql`pending.tries`, sql`pending.not_before`, now, pausesMs)}
    from died where pending.org_id = died.org_id and pending.event_id = died.id`,
  runs: (now, pausesMs) => sql`
    update runs set tries = runs.tries + 1, last_error = ${diedOf},
      wake_at = ${putOff(sql`runs.tries`, sql`runs.wake_at`, now, pausesMs)}
    from died where runs.org_id = died.org_id and runs.id = died.id and runs.status = 'active'`,
  messages: (now, pausesMs) => sql`
    update messages set due_at = ${putOff(setAsides, sql`messages.due_at`, now, pausesMs)},
      last_error = jsonb_build_object('code', ${notDecided}::text, 'detail', ${diedOf}::text,
        'tries', ${setAsides} + 1, 'at', ${now}::timestamptz)
    from died where messages.org_id = died.org_id and messages.id = died.id and messages.status = 'scheduled'`,
};
