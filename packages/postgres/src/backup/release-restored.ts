import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { Definitions } from '../decide/definitions.js';
import { skipTicks } from '../decide/tick-schedules.js';

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

/**
 * Lets a restored installation go on, in one transaction; null when it does not stand still. Whatever was due between the
 * backup and this moment may have been done by the installation that the backup was made of, and this one cannot know:
 * none of it is done by itself. Each is put before a person in the way that its kind already has, and can be tried again.
 * What came in after the restore, and what is due later, goes its way.
 */
export async function releaseRestored(worker: Database): Promise<Held | null> {
  return worker.across(async (tx) => {
    const { rows } = await sql<{ restored_at: Date; now: Date }>`
      select restored_at, now() as now from restores where released_at is null
      order by restored_at desc for update`.execute(tx);
    const restore = rows[0];
    if (!restore) return null;
    const { restored_at: before, now } = restore;
    const held: Held = {
      messages: await count(tx, heldMessages(before)),
      runs: await count(tx, heldRuns),
      events: await count(tx, heldEvents(before)),
      outreach: await count(tx, heldOutreach(before)),
      campaigns: await count(tx, heldCampaigns),
      calls: await count(tx, heldCalls(before)),
      webhooks: await count(tx, heldWebhooks(before)),
      sources: await count(tx, heldSources),
      imports: await count(tx, heldImports(before)),
      schedules: await skipTicks(tx, new Definitions(), now),
    };
    await sql`update restores set released_at = now() where released_at is null`.execute(tx);
    return held;
  });
}

const count = async (tx: Tx, statement: ReturnType<typeof sql>): Promise<number> =>
  Number((await statement.execute(tx)).numAffectedRows ?? 0);

const sentence =
  'It was due between a backup and the restore of it, and may have been done before: look, then repeat or resolve it.';

/** The insert is the statement itself, so the number of its rows is that of what was held. */
const askPerson = (kind: string, subject: string, from: string) =>
  sql.raw(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason, detail)
     select org_id, gen_random_uuid(), '${kind}', '${subject}', subject_id::text, reason, detail from ${from}`,
  );

/** Messages that were due, or under way, or of which nobody knows yet: as one whose provider gave no answer. */
const heldMessages = (restored: Date) => sql`
  with held as (
    update messages set status = 'unknown', reason = 'restored', lease_until = null, lease_owner = null, updated_at = now()
    where created_at <= ${restored} and (status = 'scheduled' and due_at <= now() or status = 'sending'
      or status = 'unknown' and reason = 'awaiting_report')
    returning org_id, id as subject_id, 'restored' as reason, '{}'::jsonb as detail
  ), ended as (
    update attempts set outcome = 'unknown', finished_at = now()
    from held where attempts.org_id = held.org_id and attempts.message_id = held.subject_id and outcome is null
  )
  ${askPerson('unknown_message', 'message', 'held')}`;

/** Runs whose wait was over. */
const heldRuns = sql`
  with held as (
    update runs set status = 'failed', end_reason = 'restored', last_error = ${sentence}, wake_at = null, ended_at = now()
    where status = 'active' and wake_at <= now()
    returning org_id, id as subject_id, ${sentence}::text as reason,
      jsonb_build_object('flow_id', flow_id, 'contact_id', contact_id) as detail
  )
  ${askPerson('failed_run', 'run', 'held')}`;

/** Events that had come in and were not decided. */
const heldEvents = (restored: Date) => sql`
  with held as (
    delete from pending_events p using events e
    where e.org_id = p.org_id and e.id = p.event_id and e.recorded_at <= ${restored}
    returning p.org_id, p.event_id as subject_id, ${sentence}::text as reason,
      jsonb_build_object('type', e.type, 'contact_id', p.contact_id) as detail
  )
  ${askPerson('failed_event', 'event', 'held')}`;

/** Steps of outreach that waited for the one before: whoever pushed them is told that they are cancelled, and a person too. */
const heldOutreach = (restored: Date) => sql`
  with held as (
    update outreach_items set state = 'cancelled', reason = 'restored', check_at = null
    where state = 'waiting' and check_at <= now() and created_at <= ${restored}
    returning org_id, id as subject_id, ${sentence}::text as reason, jsonb_build_object('item', item) as detail
  )
  ${askPerson('quarantined_input', 'outreach_step', 'held')}`;

/** Campaigns that were being sent, or were to start; a person resumes or cancels them. */
const heldCampaigns = sql`
  update campaigns set status = 'paused', error = ${sentence}, updated_at = now()
  where status in ('scheduled', 'running') and (next_start_at <= now() or unfinished is not null or exists (
    select from campaign_occurrences o where o.org_id = campaigns.org_id and o.campaign_id = campaigns.id
      and o.status in ('walking', 'sending')))`;

/** Calls of n8n that had not been handed over: their runs go on by what they say for a call without an answer. */
const heldCalls = (restored: Date) => sql`
  update workflow_calls set status = 'cancelled', last_error = ${sentence}, lease_until = null, lease_owner = null, ended_at = now()
  where status = 'pending' and created_at <= ${restored}`;

const heldWebhooks = (restored: Date) => sql`
  with held as (
    update deliveries set status = 'failed', last_error = ${sentence}, lease_until = null, lease_owner = null, finished_at = now()
    where status = 'pending' and created_at <= ${restored}
    returning org_id, id as subject_id, ${sentence}::text as reason, jsonb_build_object('endpoint_id', endpoint_id) as detail
  )
  ${askPerson('failed_delivery', 'delivery', 'held')}`;

/** Rows that were read from another service's table since the backup would be read once more. */
const heldSources = sql`
  update outreach_sources set active = false, error = 'Restored from a backup: rows that were read since then would be read again. Mark them in the table, then switch this on.', updated_at = now()
  where active`;

const heldImports = (restored: Date) => sql`
  update imports set status = 'failed', error = 'Restored from a backup that was made while this ran: import the file again.', finished_at = now()
  where status in ('uploading', 'queued', 'running') and created_at <= ${restored}`;
