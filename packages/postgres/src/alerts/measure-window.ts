import type { Severity } from '@halyard/contracts/alerts/rule';
import { severities } from '@halyard/contracts/alerts/rule';
import type { Reading, WatchedRule } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

const quarterMs = 15 * 60_000;
/** Sums are half a minute behind when all is well; later than this they do not say how it stands. */
const latestMs = 5 * 60_000;

/** The window of a rule: whole quarters of an hour, the one under way included. */
export const windowStart = ({ window_minutes }: Pick<WatchedRule, 'window_minutes'>, now: Date): Date => {
  const quarters = Math.ceil(window_minutes / 15);
  return new Date(Math.floor(now.getTime() / quarterMs) * quarterMs - (quarters - 1) * quarterMs);
};

const unknown = (reason: string): Reading => ({ kind: 'unknown', reason });

/** Why the sums cannot be relied on; null when they can. */
async function lag(tx: Tx, now: Date): Promise<Reading | null> {
  const { rows } = await sql<{ until: Date | null }>`
    select nullif(counted_until, '-infinity') as until from figures_counted`.execute(tx);
  const until = rows[0]?.until;
  if (!until) return unknown('Nothing has been counted yet.');
  return now.getTime() - until.getTime() <= latestMs
    ? null
    : unknown(`What happened was counted until ${until.toISOString()} only.`);
}

interface Sums {
  sent: number;
  failed: number;
  bounced: number;
  complained: number;
}

/** Percent of what was sent; of what was tried, when it is about failures. */
export async function measureRate(tx: Tx, orgId: OrgId, rule: WatchedRule, now: Date): Promise<Reading> {
  const behind = await lag(tx, now);
  if (behind) return behind;
  const { rows } = await sql<Sums>`
    select coalesce(sum(count) filter (where kind = 'sent'), 0)::int as sent,
      coalesce(sum(count) filter (where kind = 'failed'), 0)::int as failed,
      coalesce(sum(count) filter (where kind = 'bounced'), 0)::int as bounced,
      coalesce(sum(count) filter (where kind = 'complained'), 0)::int as complained
    from figures
    where org_id = ${orgId} and quarter >= ${windowStart(rule, now)}
      and (${rule.filter.channel ?? null}::text is null or channel = ${rule.filter.channel ?? null})`.execute(
    tx,
  );
  const [sums] = rows;
  if (!sums) throw new Error('A sum gave no row.');
  const [bad, all] = partsOf(rule.metric, sums);
  if (all < rule.least_sample)
    return {
      kind: 'quiet',
      reason: `Only ${all} of the ${rule.least_sample} messages in the window that it takes.`,
    };
  return { kind: 'value', value: (100 * bad) / all };
}

function partsOf(
  metric: WatchedRule['metric'],
  { sent, failed, bounced, complained }: Sums,
): [number, number] {
  if (metric === 'failure_rate') return [failed, sent + failed];
  return metric === 'bounce_rate' ? [bounced, sent] : [complained, sent];
}

/** How many events of a type happened. An organization that is younger than the window has not had its chance yet. */
export async function measureEvents(
  tx: Tx,
  orgId: OrgId,
  rule: WatchedRule,
  type: string,
  now: Date,
): Promise<Reading> {
  const behind = await lag(tx, now);
  if (behind) return behind;
  const from = windowStart(rule, now);
  const { rows } = await sql<{ n: number; counted_before: boolean }>`
    select (select coalesce(sum(count), 0)::int from event_figures
            where org_id = ${orgId} and type = ${type} and quarter >= ${from}) as n,
      exists (select from event_figures where org_id = ${orgId} and quarter < ${from}) as counted_before`.execute(
    tx,
  );
  const [counted] = rows;
  if (!counted) throw new Error('A select without a table gave no row.');
  if (rule.comparison === 'at_most' && !counted.counted_before)
    return { kind: 'quiet', reason: 'Nothing was counted before this window yet.' };
  return { kind: 'value', value: counted.n };
}

/** How often failures of these services and severities happened. */
export async function measureFailures(
  tx: Tx,
  orgId: OrgId,
  { filter, ...rule }: WatchedRule,
  now: Date,
): Promise<Reading> {
  const service = filter.service ?? null;
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(figures.count), 0)::int as n
    from failure_figures figures
    join failures on failures.org_id = figures.org_id and failures.id = figures.failure_id
    where figures.org_id = ${orgId} and figures.quarter >= ${windowStart(rule, now)}
      and figures.severity = any (${noLessThan(filter.severity)}::text[])
      and (${service}::text is null or failures.service = ${service})`.execute(tx);
  return { kind: 'value', value: rows[0]?.n ?? 0 };
}

const noLessThan = (least: Severity = 'info'): Severity[] => severities.slice(severities.indexOf(least));
