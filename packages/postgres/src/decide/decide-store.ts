import type {
  Consequences,
  DecideSession,
  DecideStore,
  DueRun,
  PendingEvent,
} from '@halyard/core/decide/decide-store';
import { sql } from 'kysely';
import type { Database } from '../database.js';
import { PlanMode, QueueLength } from '../plan-mode.js';
import { ahead } from '../send-ahead.js';
import { closeCalls } from '../workflow-calls/write-calls.js';
import { Begun } from './begun.js';
import type { Queues } from './claims.js';
import { PgClaims } from './claims.js';
import { Definitions } from './definitions.js';
import { openReview } from './review.js';
import { tickSchedules } from './tick-schedules.js';
import { PgWorld } from './world.js';
import { writeConsequences } from './write-consequences.js';

/** The worker's side of deciding: transactions over all organizations. */
export class PgDecideStore implements DecideStore {
  readonly #definitions = new Definitions();
  readonly #queues: Queues = { events: new QueueLength(), runs: new QueueLength() };
  readonly #begun: Begun;

  constructor(private readonly database: Database) {
    this.#begun = new Begun(database);
  }

  transaction<T>(work: (session: DecideSession) => Promise<T>): Promise<T> {
    let begun: string | null = null;
    const deciding = this.database.across(async (tx) => {
      // Queues grow and shrink faster than their statistics: believing them small, the planner sorts all that waits
      // where the index has the first few in order. With 41,000 events waiting a claim took 60 ms, without bitmaps 8.
      // And all else is looked up by its key: hashing reads all contacts for those of one round.
      await sql`${ahead}
        select set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),
          set_config('enable_mergejoin', 'off', true)`.execute(tx);
      const plans = new PlanMode(tx);
      const round = await this.#begun.lock(tx);
      const done = await work({
        claims: new PgClaims(tx, plans, this.#queues),
        world: new PgWorld(tx, this.#definitions),
        write: (consequences: Consequences, now: Date) => writeConsequences(tx, consequences, now),
        begin: async (kind, items) => {
          begun = round;
          await plans.keep();
          await this.#begun.begin(round, kind, items);
        },
      });
      if (begun !== null) await this.#begun.end(tx, begun);
      return done;
    });
    return deciding.catch((error: unknown) => {
      if (begun !== null) this.#begun.failed(begun);
      throw error;
    });
  }

  countDeaths(kind: 'events' | 'runs', now: Date, pausesMs: readonly number[]): Promise<void> {
    return this.#begun.countDeaths(kind, now, pausesMs);
  }

  nextDue(kind: 'events' | 'runs', now: Date): Promise<Date | null> {
    return this.database.lookAcross(async (db) => {
      const { rows } = await (kind === 'events'
        ? sql<{ at: Date | null }>`select min(not_before) as at from pending_events where not_before > ${now}`
        : sql<{ at: Date | null }>`
            select least(
              (select min(wake_at) from runs where status = 'active' and wake_at > ${now}),
              (select min(next_tick_at) from flows where next_tick_at is not null)
            ) as at`
      ).execute(db);
      return rows[0]?.at ?? null;
    });
  }

  // Another worker may have tried it at the same time: the failure counts only while it stands as it was claimed.
  eventFailed(
    { orgId, event, tries }: PendingEvent,
    error: string,
    retryAt: Date | null,
    tried = tries + 1,
  ): Promise<void> {
    return this.database.across(async (tx) => {
      if (retryAt) {
        await tx
          .updateTable('pending_events')
          .set({ tries: tries + 1, not_before: retryAt, last_error: error })
          .where('org_id', '=', orgId)
          .where('event_id', '=', event.id)
          .where('tries', '=', tries)
          .execute();
        return;
      }
      const { numDeletedRows } = await tx
        .deleteFrom('pending_events')
        .where('org_id', '=', orgId)
        .where('event_id', '=', event.id)
        .where('tries', '=', tries)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return;
      const subject = { type: 'event', id: event.id };
      const detail = { type: event.type, contact_id: event.contactId, tries: tried };
      await openReview(tx, orgId, 'failed_event', subject, error, detail);
    });
  }

  runFailed(run: DueRun, error: string, retryAt: Date | null, tried = run.tries + 1): Promise<void> {
    return this.database.across(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('runs')
        .set({
          tries: tried,
          last_error: error,
          wake_at: retryAt,
          ...(retryAt === null && { status: 'failed', end_reason: 'error', ended_at: sql<Date>`now()` }),
        })
        .where('org_id', '=', run.orgId)
        .where('id', '=', run.id)
        .where('status', '=', 'active')
        .where('tries', '=', run.tries)
        .executeTakeFirst();
      if (retryAt || numUpdatedRows === 0n) return;
      const { orgId, id: runId } = run;
      await closeCalls(tx, [{ orgId, runId, visit: null, status: 'cancelled' }]);
      const detail = { flow_id: run.flowId, contact_id: run.contactId, tries: tried };
      await openReview(tx, run.orgId, 'failed_run', { type: 'run', id: run.id }, error, detail);
    });
  }

  tickSchedules(now: Date): Promise<number> {
    return tickSchedules(this.database, this.#definitions, now);
  }
}
