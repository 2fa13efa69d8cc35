import type { ManualClock } from '@halyard/core/clock';
import { DecideLoop } from '@halyard/core/decide/decide-loop';
import { WakeLoop } from '@halyard/core/decide/wake-loop';
import type { Ids, OrgId } from '@halyard/core/ids';
import { PgDecideStore } from '../decide/decide-store.js';
import { silent } from './deciding.js';
import type { RecordingProvider } from './delivery.js';
import { testWorker } from './delivery.js';
import type { TestDatabase } from './test-database.js';

/** Something that is done at its moment. */
export interface Doing {
  at: Date;
  do: () => Promise<unknown>;
}

/** The real loops on a test database, living through a period from one moment at which something is due to the next. */
export class Production {
  readonly #events: DecideLoop;
  readonly #runs: WakeLoop;
  readonly #worker: ReturnType<typeof testWorker>;

  constructor(
    private readonly db: TestDatabase,
    private readonly clock: ManualClock,
    provider: RecordingProvider,
    newId: Ids,
  ) {
    const store = new PgDecideStore(db.worker);
    this.#events = new DecideLoop(store, clock, newId, silent);
    this.#runs = new WakeLoop(store, clock, newId, silent);
    this.#worker = testWorker(db, provider, clock);
  }

  async live(orgId: OrgId, doings: readonly Doing[], until: Date): Promise<void> {
    const ahead = [...doings];
    for (;;) {
      const next = earliest([ahead[0]?.at ?? null, await this.#nextDue(orgId)]);
      if (!next || next > until) return;
      if (next > this.clock.now()) this.clock.set(next);
      while (ahead[0] && ahead[0].at <= this.clock.now()) await ahead.shift()?.do();
      await this.#settle(orgId);
    }
  }

  async #settle(orgId: OrgId): Promise<void> {
    for (let rounds = 0; rounds < 200; rounds++) {
      for (let left = await this.#left(orgId); left.event || left.run; left = await this.#left(orgId)) {
        if (left.event) await this.#events.round(200);
        await this.#runs.round(200);
      }
      await this.#worker.settle();
      const next = await this.#nextDue(orgId);
      if (!next || next > this.clock.now()) return;
    }
    throw new Error('Production turns on the spot.');
  }

  /** What there is to decide at this moment: a round that would find nothing need not be made. */
  async #left(orgId: OrgId): Promise<{ event: boolean; run: boolean }> {
    const { rows } = await this.db.owner.query<{ event: boolean; run: boolean }>(
      `select exists (select from pending_events where org_id = $1) as event,
         exists (select from runs where org_id = $1 and status = 'active' and wake_at <= $2) as run`,
      [orgId, this.clock.now()],
    );
    return rows[0] ?? { event: false, run: false };
  }

  async #nextDue(orgId: OrgId): Promise<Date | null> {
    const { rows } = await this.db.owner.query<{ at: Date | null }>(
      `select least(
         (select min(wake_at) from runs where org_id = $1 and status = 'active'),
         (select min(due_at) from messages where org_id = $1 and status = 'scheduled'),
         (select $2::timestamptz from pending_events where org_id = $1 limit 1)) as at`,
      [orgId, this.clock.now()],
    );
    return rows[0]?.at ?? null;
  }
}

const earliest = (moments: (Date | null)[]): Date | null =>
  moments.reduce((first, at) => (at && (!first || at < first) ? at : first), null);
