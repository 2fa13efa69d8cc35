import type { WorkKind } from '@halyard/core/claim-loop';
import { pausesAfterDeathMs } from '@halyard/core/decide/retry';
import type {
  Claimed,
  ClaimedBatch,
  ClaimRequest,
  DeliveryStore,
  MessageKey,
  RecordedOutcome,
  Verdicts,
} from '@halyard/core/delivery/delivery-store';
import { ReleaseFailed } from '@halyard/core/delivery/delivery-store';
import type { Sending } from '@halyard/core/delivery/sending';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import { together } from '@halyard/core/together';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { Begun } from '../decide/begun.js';
import { planFor } from '../plan-mode.js';
import { ahead } from '../send-ahead.js';
import { claimMessages } from './claim-messages.js';
import { askAboutUnknown, expiredLeases } from './expired-leases.js';
import { loadBatch } from './load-batch.js';
import { LostWorkers } from './lost-workers.js';
import { recordOutcomes } from './record-outcomes.js';
import { setAside } from './set-aside.js';
import { writeVerdicts } from './write-verdicts.js';

/** Due messages and their outcomes, over all organizations: needs the worker's database. */
export class PgDeliveryStore implements DeliveryStore {
  readonly #lost = new LostWorkers();
  readonly #begun: Begun;
  #deathsCounted: Promise<void> | undefined;

  constructor(private readonly database: Database) {
    this.#begun = new Begun(database);
  }

  async release(request: ClaimRequest, decide: (batch: ClaimedBatch) => Verdicts): Promise<Claimed> {
    await this.#afterDeaths(request.now);
    let keys: MessageKey[] = [];
    let round: string | undefined;
    const released = this.database.across(async (tx) => {
      await preferIndexes(tx);
      const locked = await this.#begun.lock(tx);
      const { messages, suspects, ...left } = await claimMessages(tx, request);
      keys = messages.map(({ orgId, id }) => ({ orgId, id }));
      if (messages.length) {
        round = locked;
        await planFor(tx, messages.length);
        const [batch] = await together([
          loadBatch(tx, messages, request.now),
          this.#begun.begin(round, 'messages', keys),
        ]);
        await writeVerdicts(tx, request, decide(batch));
        await this.#begun.end(tx, round);
      }
      return { claimed: messages.length + suspects.length, suspects, ...left };
    });
    return released.catch((error: unknown) => {
      if (round) this.#begun.failed(round);
      if (keys.length === 0 || error instanceof StoreUnavailable) throw error;
      throw new ReleaseFailed(keys, error);
    });
  }

  setAside(failed: MessageKey, problem: string, now: Date): Promise<void> {
    return this.database.across((tx) => setAside(tx, failed, problem, now));
  }

  record(outcomes: readonly RecordedOutcome[]): Promise<ReadonlySet<WorkKind>> {
    return this.database.across(async (tx) => {
      await planFor(tx, outcomes.length);
      return recordOutcomes(tx, outcomes);
    });
  }

  async expired(now: Date, limit: number): Promise<Sending[]> {
    await this.#countDeaths(now);
    return this.database.across(async (tx) => {
      const lost = await this.#lost.names(tx, now);
      return expiredLeases(tx, now, lost, limit);
    });
  }

  askAboutUnknown(now: Date, limit: number): Promise<number> {
    return this.database.across((tx) => askAboutUnknown(tx, now, limit));
  }

  /** Before the first claim, so that what has just ended this process is not met again as if nothing had been. */
  #afterDeaths(now: Date): Promise<void> {
    this.#deathsCounted ??= this.#countDeaths(now).catch((error: unknown) => {
      this.#deathsCounted = undefined;
      throw error;
    });
    return this.#deathsCounted;
  }

  #countDeaths(now: Date): Promise<void> {
    return this.#begun.countDeaths('messages', now, pausesAfterDeathMs);
  }
}

/**
 * A round looks up some hundred rows by their keys. Beyond that the planner prefers to read all contacts, consents or
 * messages there are and hash them, for every round anew: with 20,000 contacts facts took 34 instead of 14 µs a message.
 */
const preferIndexes = (tx: Tx) =>
  sql`${ahead}select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`.execute(
    tx,
  );
