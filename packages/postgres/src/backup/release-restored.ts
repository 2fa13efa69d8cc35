import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { Definitions } from '../decide/definitions.js';
import { skipTicks } from '../decide/tick-schedules.js';
import { standsStillSince } from './standstill.js';
import type { Holding } from './what-was-due.js';
import {
  heldCalls,
  heldCampaigns,
  heldEvents,
  heldImports,
  heldMessages,
  heldOutreach,
  heldRuns,
  heldSources,
  heldWebhooks,
} from './what-was-due.js';

/** How many of what was put before a person, or passed over. */
export type Held = Record<
  | 'messages'
  | 'runs'
  | 'events'
  | 'outreach'
  | 'campaigns'
  | 'calls'
  | 'webhooks'
  | 'sources'
  | 'imports'
  | 'schedules',
  number
>;

/** So many are held by a statement: it ends long before a connection that says nothing is given up. */
const mostAtOnce = 5_000;

/**
 * Lets a restored installation go on; null when it does not stand still. Whatever was due between the backup and this
 * moment may have been done by the installation that the backup was made of, and this one cannot know: none of it is done
 * by itself. Each is put before a person in the way that its kind already has, and can be tried again. What came in after
 * the restore, and what is due later, goes its way.
 *
 * What there may be very many of is held in batches, each a transaction. Until the last one, which releases, everything
 * stands still: what breaks off is called again. Each call counts what it held itself, also when another one releases first.
 */
export async function releaseRestored(worker: Database, atOnce = mostAtOnce): Promise<Held | null> {
  if (!(await standsStillSince(worker.pool))) return null;
  const all = async (statement: Holding): Promise<number> => {
    for (let held = 0; ; ) {
      const more = await whileStanding(worker, (tx, { restored }) => count(tx, statement(restored, atOnce)));
      if (!more) return held;
      held += more;
    }
  };
  const many = {
    messages: await all(heldMessages),
    runs: await all(heldRuns),
    events: await all(heldEvents),
    outreach: await all(heldOutreach),
    calls: await all(heldCalls),
    webhooks: await all(heldWebhooks),
  };
  const few = await whileStanding(worker, async (tx, { restored, now }) => {
    const held = {
      campaigns: await count(tx, heldCampaigns),
      sources: await count(tx, heldSources),
      imports: await count(tx, heldImports(restored)),
      schedules: await skipTicks(tx, new Definitions(), now),
    };
    await sql`update restores set released_at = now() where released_at is null`.execute(tx);
    return held;
  });
  return { ...many, ...(few ?? { campaigns: 0, sources: 0, imports: 0, schedules: 0 }) };
}

/** Null when nothing stands still, or no longer: nobody holds what goes on already. */
const whileStanding = <T>(
  worker: Database,
  work: (tx: Tx, at: { restored: Date; now: Date }) => Promise<T>,
): Promise<T | null> =>
  worker.across(async (tx) => {
    const { rows } = await sql<{ restored: Date; now: Date }>`
      select restored_at as restored, now() as now from restores where released_at is null
      order by restored_at desc for update`.execute(tx);
    return rows[0] ? work(tx, rows[0]) : null;
  });

const count = async (tx: Tx, statement: RawBuilder<unknown>): Promise<number> =>
  Number((await statement.execute(tx)).numAffectedRows ?? 0);
