import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import type { OrgId } from '@halyard/core/ids';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import { currentTrace } from '@halyard/core/trace';
import type { Transaction } from 'kysely';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { isMisfit, isUnavailable } from './errors.js';
import { planned, planOnce } from './plan-once.js';
import type { DB } from './schema.gen.js';
import { ahead, sendAhead } from './send-ahead.js';

/** A transaction of one organization (or, for the worker, of all of them). */
export type Tx = Transaction<DB>;

export type DatabaseRole = 'halyard_app' | 'halyard_worker';

// Counters and sequence numbers stay far below 2^53: read them as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Who waits longer for a free connection is told that the database cannot take it: a queue without end takes all memory. */
const connectWithinMs = 10_000;

/** No statement takes as long, and what waits for one that will never answer is free again within a minute. */
const silenceMs = 30_000;

/** A transaction around a whole request, which the ones opened within become part of. */
interface Surrounding {
  orgId: OrgId;
  tx: Tx;
  afterCommit: (() => void)[];
  ifUndone: (() => Promise<void>)[];
  /** False when it has ended: what a request left behind, such as a timer, opens transactions of its own. */
  open: boolean;
}

/** Where in a surrounding transaction we are. Savepoints cannot overlap: each part waits for the `last` one. */
interface Place {
  around: Surrounding;
  last: Promise<unknown>;
}

const places = new AsyncLocalStorage<Place>();

/** Whether what is written now is a part of a transaction around a whole request. */
export const isSurrounded = (): boolean => places.getStore()?.around.open ?? false;

/** Runs `then` when what is being written is visible to others: after the surrounding transaction, else at once. */
export function afterCommit(then: () => void): void {
  const around = places.getStore()?.around;
  if (around?.open) around.afterCommit.push(then);
  else then();
}

/**
 * Does `again` when the surrounding transaction is undone, before its caller is told why: for what has to stay of a
 * request that is refused. Without a surrounding transaction there is nothing to be done.
 */
export function ifUndone(again: () => Promise<void>): void {
  const around = places.getStore()?.around;
  if (around?.open) around.ifUndone.push(again);
}

/**
 * The only way to the tables. Requests open a transaction of one organization; loops, with the worker's role, one over
 * all. Nothing else touches the pool.
 */
export class Database {
  private constructor(
    readonly pool: pg.Pool,
    private readonly kysely: Kysely<DB>,
    readonly role: DatabaseRole,
  ) {}

  /** Connects with `url` and takes on `role` for every connection; fails if that role could see past its policies. */
  static async open(url: string, role: DatabaseRole, max = 10): Promise<Database> {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: connectWithinMs,
      // Every index begins with the organization, so reading a whole table is never the way; and a plan that is kept
      // (planOnce) must not have been made for a table that was small then.
      options: `-c role=${role} -c idle_in_transaction_session_timeout=${silenceMs} -c enable_seqscan=off`,
      application_name: role,
      pipeline: true, // sendAhead
    });
    // A connection that breaks is replaced by the pool, and the next query on it reports what is wrong. Without a listener
    // of its own, one that breaks between two statements of a transaction would end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => {
      client.on('error', () => {});
      endWhenSilent(client);
      planOnce(client, role === 'halyard_worker');
      sendAhead(client, role === 'halyard_app');
    });
    const database = new Database(pool, new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), role);
    try {
      await database.assertBound();
    } catch (error) {
      await pool.end();
      throw error;
    }
    return database;
  }

  /** Runs `work` in a transaction that sees only this organization. */
  forOrg<T>(orgId: OrgId, work: (tx: Tx) => Promise<T>): Promise<T> {
    const place = places.getStore();
    return place?.around.open && place.around.orgId === orgId ? part(place, work) : this.begin(orgId, work);
  }

  /**
   * Runs `work` in a transaction of this organization that every `forOrg` of the same organization within it becomes a
   * part of: all of it is committed together, or none.
   */
  async aroundOrg<T>(orgId: OrgId, work: (tx: Tx) => Promise<T>): Promise<T> {
    const then: (() => void)[] = [];
    const again: (() => Promise<void>)[] = [];
    const done = this.begin(orgId, async (tx) => {
      const around: Surrounding = { orgId, tx, afterCommit: then, ifUndone: again, open: true };
      try {
        return await places.run({ around, last: Promise.resolve() }, () => work(tx));
      } finally {
        around.open = false;
      }
    });
    const result = await done.catch(async (error: unknown) => {
      for (const call of again) await call();
      throw error;
    });
    for (const call of then) call();
    return result;
  }

  private begin<T>(orgId: OrgId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(async (tx) => {
      await sql`${ahead}${planned}
        select set_config('halyard.org_id', ${orgId}, true), set_config('halyard.trace', ${currentTrace() ?? ''}, true)`.execute(
        tx,
      );
      return work(tx);
    });
  }

  /** Runs `work` in a transaction over all organizations; for loops only, whose role has policies for it. */
  across<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.role !== 'halyard_worker') throw new Error('Only the worker may work across organizations.');
    return this.transaction(work).catch((error: unknown) => {
      // What no row is to blame for must not be counted against one.
      throw isMisfit(error) ? new StoreUnavailable(error) : error;
    });
  }

  /** As `across`, for a single statement, which is a transaction by itself: one way to the server instead of three. */
  lookAcross<T>(work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
    if (this.role !== 'halyard_worker') throw new Error('Only the worker may work across organizations.');
    return work(this.kysely).catch((error: unknown) => {
      throw isMisfit(error) || isUnavailable(error) ? new StoreUnavailable(error) : error;
    });
  }

  private transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.kysely
      .transaction()
      .execute(work)
      .catch((error: unknown) => {
        throw isUnavailable(error) ? new StoreUnavailable(error) : error;
      });
  }

  /** For the sign-in tables, which are looked up before any organization is known; tenant tables are empty here. */
  outside<T>(work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
    return work(this.kysely);
  }

  async close(): Promise<void> {
    await this.kysely.destroy();
  }

  private async assertBound(): Promise<void> {
    const { rows } = await this.pool.query<{ name: string; free: boolean }>(
      `select current_user as name, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user`,
    );
    const me = rows[0];
    if (!me || me.free || me.name !== this.role)
      throw new Error(
        `Connections must run as ${this.role}, bound by row-level security; they run as ${me?.name ?? 'nobody'}.`,
      );
  }
}

/** A part of a surrounding transaction, which fails alone: a broken constraint in it leaves the rest usable. */
function part<T>(place: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { around } = place;
  const run = async () => {
    await sql`savepoint part`.execute(around.tx);
    try {
      const result = await places.run({ around, last: Promise.resolve() }, () => work(around.tx));
      await sql`release savepoint part`.execute(around.tx);
      return result;
    } catch (error) {
      await sql`rollback to savepoint part`.execute(around.tx);
      await sql`release savepoint part`.execute(around.tx);
      throw error;
    }
  };
  const done = place.last.then(run, run);
  place.last = done;
  return done;
}

/**
 * Ends a connection on which nothing was heard for too long. A firewall that forgot it, or a server whose cable was pulled,
 * says nothing: the query would wait for as long as the kernel repeats its packets, a quarter of an hour. The server for
 * its part ends the transaction after as long (idle_in_transaction_session_timeout), so that its locks do not outlive us.
 */
function endWhenSilent(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.setTimeout(silenceMs, () =>
    stream.destroy(new Error(`The database was silent for ${silenceMs / 1_000} s.`)),
  );
}
