import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** What is still to be done, counted by kind; nothing when everything that is due came to its end. */
export async function stillToDo(owner: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ what: string; n: number }>(`
    select 'events to decide' as what, count(*)::int as n from pending_events
    union all select 'runs to wake', count(*) from runs where status = 'active' and wake_at < now() + interval '1 minute'
    union all select 'messages due', count(*) from messages
      where status = 'scheduled' and due_at < now() + interval '5 minutes'
    union all select 'messages under way', count(*) from messages where status = 'sending'
    union all select 'outreach steps', count(*) from outreach_items where state = 'waiting'
    union all select 'webhooks to deliver', count(*) from deliveries
      where status = 'pending' and due_at < now() + interval '1 minute'
    union all select 'workflows to call or be answered by', count(*) from workflow_calls
      where status = 'pending' or (status = 'handed_over' and waits)
    union all select 'schedules', count(*) from flows where next_tick_at <= now()
    union all select 'reports of the sandbox', count(*) from sandbox_reports
    union all select 'campaigns', count(*) from campaigns where status in ('scheduled', 'running')
    union all select 'imports', count(*) from imports where status in ('queued', 'running')`);
  return Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ what, n }) => [what, n]));
}

/**
 * Ends the leases of processes that are dead, and the pauses after them, as if their time were over: for the short form,
 * which has not the minute that a person would wait.
 */
export async function hurry(owner: pg.Pool, dead: readonly number[]): Promise<void> {
  const pids = dead.map(String);
  await owner.query(
    `update messages set lease_until = now() where status = 'sending' and split_part(lease_owner, ':', 2) = any ($1)`,
    [pids],
  );
  await owner.query(`update pending_events set not_before = '-infinity' where not_before > now()`);
  // Of webhooks nobody says whose lease it is; the receiver answers at once, so one of five seconds is a dead process's.
  await owner.query(
    `update deliveries set lease_until = now() where lease_until < now() + interval '25 seconds'`,
  );
  await owner.query(
    `update workflow_calls set lease_until = now() where lease_until < now() + interval '25 seconds'`,
  );
  await owner.query(
    `update connections set breaker_retry_at = now() where breaker_state = 'open' and breaker_retry_at > now()`,
  );
  await owner.query(
    `update messages set due_at = now() where status = 'scheduled' and due_at > now()
       and reason in ('retry_unknown', 'retry', 'breaker_open')`,
  );
}

/** Waits until nothing is left to do. Returns what was, when it takes longer than that. */
export async function drained(
  left: () => Promise<Record<string, number>>,
  longestMs: number,
): Promise<Record<string, number>> {
  const end = Date.now() + longestMs;
  for (;;) {
    const seen = await left();
    if (Object.keys(seen).length === 0 || Date.now() > end) return seen;
    await pause(100);
  }
}
