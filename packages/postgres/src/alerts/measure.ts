import type { Measured } from '@halyard/core/alerts/decide-alerts';
import type { Reading, ScopeReading, WatchedRule } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { isUnavailable } from '../errors.js';
import {
  measureBreakers,
  measureLateness,
  measureN8n,
  measureQueue,
  measureReview,
  measureSchedules,
} from './measure-now.js';
import { measureEvents, measureFailures, measureRate } from './measure-window.js';

/** A look that takes longer is given up: alerts must not be what keeps the database busy. */
const longestMs = 5_000;

/**
 * Looks at the metric of a rule. One that the database cannot answer leaves the transaction usable and is unknown, with what
 * the database said; a database that is away fails all of it.
 */
export async function measure(tx: Tx, orgId: OrgId, rule: WatchedRule, now: Date): Promise<Measured> {
  await sql`savepoint measure`.execute(tx);
  try {
    await sql`select set_config('statement_timeout', ${String(longestMs)}, true)`.execute(tx);
    const readings = await look(tx, orgId, rule, now);
    await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
    await sql`release savepoint measure`.execute(tx);
    return { kind: 'readings', readings };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    await sql`rollback to savepoint measure`.execute(tx);
    await sql`release savepoint measure`.execute(tx);
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
}

const whole = (reading: Reading): ScopeReading[] => [{ scope: '', name: null, reading }];

async function look(tx: Tx, orgId: OrgId, rule: WatchedRule, now: Date): Promise<ScopeReading[]> {
  switch (rule.metric) {
    case 'failure_rate':
    case 'bounce_rate':
    case 'complaint_rate':
      return whole(await measureRate(tx, orgId, rule, now));
    case 'contacts_created':
      return whole(await measureEvents(tx, orgId, rule, 'contact.created', now));
    case 'event_count':
      return whole(await measureEvents(tx, orgId, rule, rule.filter.event_type ?? '', now));
    case 'failures':
      return whole(await measureFailures(tx, orgId, rule, now));
    case 'queue_depth':
      return whole(await measureQueue(tx, orgId, rule, now));
    case 'lateness':
      return whole(await measureLateness(tx, orgId, now));
    case 'unknown_messages':
      return whole(await measureReview(tx, orgId, 'unknown_message'));
    case 'dead_messages':
      return whole(await measureReview(tx, orgId, 'dead_message'));
    case 'missed_schedules':
      return whole(await measureSchedules(tx, orgId, now));
    case 'breaker_open':
      return measureBreakers(tx, orgId);
    case 'n8n_health':
      return measureN8n(tx, orgId, now);
  }
}
