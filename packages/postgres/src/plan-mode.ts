import { sql } from 'kysely';
import type { Tx } from './database.js';
import { ahead } from './send-ahead.js';

/** From so many rows on planning costs next to nothing, and a bad plan much. */
const many = 50;

/** Whether a queue was long when it was last claimed from; it tells how to plan the next claim. */
export class QueueLength {
  isLong = true;

  /** `limit`: how many it could have been. */
  claimed(count: number, limit: number): void {
    this.isLong = count >= Math.min(many, limit);
  }
}

/**
 * How the statements that follow in a transaction are planned: at each call, or once for each connection. Arrays, if left to
 * choose, are planned at each call.
 *
 * A plan that was made while a queue was empty may read all of it for each row, since to a planner that sees one page any
 * index is as good: it took 0.6 ms an event with 20,000 waiting. With a few waiting it takes next to nothing, and planning
 * takes 0.4 ms a statement. What is not a queue only grows, and is always found by its key.
 */
export class PlanMode {
  #isKept: boolean | null = null;

  constructor(private readonly tx: Tx) {}

  keep(): Promise<void> {
    return this.#set(true);
  }

  async forQueue({ isLong }: QueueLength): Promise<void> {
    await this.#set(!isLong);
  }

  async #set(isKept: boolean): Promise<void> {
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    const mode = isKept ? 'force_generic_plan' : 'force_custom_plan';
    await sql`${ahead}select set_config('plan_cache_mode', ${mode}, true)`.execute(this.tx);
  }
}

/** For the statements about so many rows that follow in this transaction. */
export async function planFor(tx: Tx, rows: number): Promise<void> {
  if (rows < many) await new PlanMode(tx).keep();
}
