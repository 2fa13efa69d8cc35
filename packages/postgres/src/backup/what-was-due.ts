import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** Holds at most so many rows of what was due before or at the restore; the rows that it affects are those. */
export type Holding = (restored: Date, atOnce: number) => RawBuilder<unknown>;

const sentence =
  'It was due between a backup and the restore of it, and may have been done before: look, then repeat or resolve it.';

/** The insert is the statement itself, so the number of its rows is that of what was held. */
const askPerson = (kind: string, subject: string, from: string) =>
  sql.raw(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason, detail)
     select org_id, gen_random_uuid(), '${kind}', '${subject}', subject_id::text, reason, detail from ${from}`,
  );

/** Some rows that are to be held; locked, so that none of them becomes another meanwhile. */
const due = (table: string, which: RawBuilder<unknown>, atOnce: number) => sql`
  due as materialized (select org_id, id from ${sql.table(table)} where ${which} limit ${atOnce} for update)`;

/** Messages that were due, or under way, or of which nobody knows yet: as one whose provider gave no answer. */
export const heldMessages: Holding = (restored, atOnce) => sql`
  with ${due(
    'messages',
    sql`created_at <= ${restored} and (status = 'scheduled' and due_at <= now() or status = 'sending'
      or status = 'unknown' and reason = 'awaiting_report')`,
    atOnce,
  )}, held as (
    update messages set status = 'unknown', reason = 'restored', lease_until = null, lease_owner = null, updated_at = now()
    where (org_id, id) in (select org_id, id from due)
    returning org_id, id as subject_id, 'restored' as reason, '{}'::jsonb as detail
  ), ended as (
    update attempts set outcome = 'unknown', finished_at = now()
    from held where attempts.org_id = held.org_id and attempts.message_id = held.subject_id and outcome is null
  )
  ${askPerson('unknown_message', 'message', 'held')}`;

/** Runs whose wait was over. */
export const heldRuns: Holding = (_, atOnce) => sql`
  with ${due('runs', sql`status = 'active' and wake_at <= now()`, atOnce)}, held as (
    update runs set status = 'failed', end_reason = 'restored', last_error = ${sentence}, wake_at = null, ended_at = now()
    where (org_id, id) in (select org_id, id from due)
    returning org_id, id as subject_id, ${sentence}::text as reason,
      jsonb_build_object('flow_id', flow_id, 'contact_id', contact_id) as detail
  )
  ${askPerson('failed_run', 'run', 'held')}`;

/** Events that had come in and were not decided. */
export const heldEvents: Holding = (restored, atOnce) => sql`
  with due as materialized (
    select p.org_id, p.event_id, e.type from pending_events p join events e on e.org_id = p.org_id and e.id = p.event_id
    where e.recorded_at <= ${restored} limit ${atOnce} for update of p
  ), held as (
    delete from pending_events p using due
    where p.org_id = due.org_id and p.event_id = due.event_id
    returning p.org_id, p.event_id as subject_id, ${sentence}::text as reason,
      jsonb_build_object('type', due.type, 'contact_id', p.contact_id) as detail
  )
  ${askPerson('failed_event', 'event', 'held')}`;

/** Steps of outreach that waited for the one before: whoever pushed them is told that they are cancelled, and a person too. */
export const heldOutreach: Holding = (restored, atOnce) => sql`
  with ${due('outreach_items', sql`state = 'waiting' and check_at <= now() and created_at <= ${restored}`, atOnce)}, held as (
    update outreach_items set state = 'cancelled', reason = 'restored', check_at = null
    where (org_id, id) in (select org_id, id from due)
    returning org_id, id as subject_id, ${sentence}::text as reason, jsonb_build_object('item', item) as detail
  )
  ${askPerson('quarantined_input', 'outreach_step', 'held')}`;

/** Campaigns that were being sent, or were to start; a person resumes or cancels them. */
export const heldCampaigns = sql`
  update campaigns set status = 'paused', error = ${sentence}, updated_at = now()
  where status in ('scheduled', 'running') and (next_start_at <= now() or unfinished is not null or exists (
    select from campaign_occurrences o where o.org_id = campaigns.org_id and o.campaign_id = campaigns.id
      and o.status in ('walking', 'sending')))`;

const pendingSince = (restored: Date) => sql`status = 'pending' and created_at <= ${restored}`;

/** Calls of n8n that had not been handed over: their runs go on by what they say for a call without an answer. */
export const heldCalls: Holding = (restored, atOnce) => sql`
  with ${due('workflow_calls', pendingSince(restored), atOnce)}
  update workflow_calls set status = 'cancelled', last_error = ${sentence}, lease_until = null, lease_owner = null, ended_at = now()
  where (org_id, id) in (select org_id, id from due)`;

export const heldWebhooks: Holding = (restored, atOnce) => sql`
  with ${due('deliveries', pendingSince(restored), atOnce)}, held as (
    update deliveries set status = 'failed', last_error = ${sentence}, lease_until = null, lease_owner = null, finished_at = now()
    where (org_id, id) in (select org_id, id from due)
    returning org_id, id as subject_id, ${sentence}::text as reason, jsonb_build_object('endpoint_id', endpoint_id) as detail
  )
  ${askPerson('failed_delivery', 'delivery', 'held')}`;

/** Rows that were read from another service's table since the backup would be read once more. */
export const heldSources = sql`
  update outreach_sources set active = false, error = 'Restored from a backup: rows that were read since then would be read again. Mark them in the table, then switch this on.', updated_at = now()
  where active`;

export const heldImports = (restored: Date) => sql`
  update imports set status = 'failed', error = 'Restored from a backup that was made while this ran: import the file again.', finished_at = now()
  where status in ('uploading', 'queued', 'running') and created_at <= ${restored}`;
