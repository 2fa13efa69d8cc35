import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { ahead } from '../send-ahead.js';

/**
 * For statements about the queue, in this transaction: a plan that was made while it was empty may read all of it for each
 * row, since to a planner that sees one page any index is as good. It took 0.6 ms an event with 20,000 waiting.
 */
export const planEachTime = async (tx: Tx): Promise<void> => {
  await sql`${ahead}select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(tx);
};

/** For all others, which only grow: planned at each call, as arrays are if left to choose, they took longer than the rest. */
export const keepPlans = async (tx: Tx): Promise<void> => {
  await sql`${ahead}select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx);
};
