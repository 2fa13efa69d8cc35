import type { Event } from '@halyard/contracts/events/event';
import type { ExplainedCampaign, ExplainedRun } from '@halyard/contracts/explain/parts';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { MessageRecord } from '@halyard/core/explain/explain-store';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { toEvent } from '../events.js';
import { readDetail } from '../messages/message-detail.js';
import { readActs } from './read-acts.js';

/** Everything on record about a message; null when there is none. */
export async function readMessageRecord(tx: Tx, orgId: OrgId, id: MessageId): Promise<MessageRecord | null> {
  const detail = await readDetail(tx, orgId, id);
  if (!detail) return null;
  const { rows } = await sql<Origin>`
    select messages.event_id, messages.target, coalesce(messages.time_zone, settings.time_zone, 'UTC') as time_zone, runs.id as run_id,
      runs.status, runs.end_reason, runs.started_at, runs.ended_at, runs.trigger_event_id, flows.id as flow_id, flows.key,
      flows.name, versions.number, versions.definition
    from messages
    left join organization_settings settings on settings.org_id = messages.org_id
    left join runs on runs.org_id = messages.org_id and runs.id = messages.run_id
    left join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
    left join flow_versions versions on versions.org_id = runs.org_id and versions.id = runs.version_id
    where messages.org_id = ${orgId} and messages.id = ${id}`.execute(tx);
  const [origin] = rows;
  const eventId = origin?.event_id ?? origin?.trigger_event_id ?? null;
  return {
    detail,
    events: await eventsOf(tx, orgId, id),
    event: eventId ? await readEvent(tx, orgId, eventId) : null,
    causes: await eventsBy(
      tx,
      orgId,
      detail.decisions.flatMap(({ event_id }) => event_id ?? []),
    ),
    run: origin?.run_id ? runOf(origin) : null,
    campaign: detail.source === 'campaign' ? await campaignOf(tx, orgId, id) : null,
    acts: await readActs(tx, orgId, {
      id,
      contactId: detail.contact_id as ContactId | null,
      channels: detail.channels,
      addresses: { ...origin?.target, ...(detail.channel && { [detail.channel]: detail.address }) },
    }),
    definition: origin?.definition ? FlowDefinition.parse(origin.definition) : null,
    timeZone: origin?.time_zone ?? 'UTC',
  };
}

interface Origin {
  target: Record<string, unknown> | null;
  event_id: string | null;
  time_zone: string;
  run_id: string | null;
  status: string;
  end_reason: string | null;
  started_at: Date;
  ended_at: Date | null;
  trigger_event_id: string | null;
  flow_id: string;
  key: string;
  name: string;
  number: number;
  definition: unknown;
}

const runOf = (origin: Origin): ExplainedRun => ({
  id: origin.run_id ?? '',
  flow: { id: origin.flow_id, key: origin.key, name: origin.name },
  version: origin.number,
  status: origin.status,
  end_reason: origin.end_reason,
  started_at: origin.started_at.toISOString(),
  ended_at: origin.ended_at?.toISOString() ?? null,
});

async function campaignOf(tx: Tx, orgId: OrgId, id: MessageId): Promise<ExplainedCampaign | null> {
  const { rows } = await sql<ExplainedCampaign>`
    select c.id, c.name, r.occurrence from campaign_recipients r
    join campaigns c on c.org_id = r.org_id and c.id = r.campaign_id
    where r.org_id = ${orgId} and r.message_id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

export async function readEvent(tx: Tx, orgId: OrgId, id: string): Promise<Event | null> {
  const row = await tx
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toEvent(row) : null;
}

async function eventsBy(tx: Tx, orgId: OrgId, ids: readonly string[]): Promise<Map<string, Event>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, toEvent(row)]));
}

async function eventsOf(tx: Tx, orgId: OrgId, id: MessageId): Promise<Event[]> {
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('subject_type', '=', 'message')
    .where('subject_id', '=', id)
    .orderBy('occurred_at')
    .limit(500)
    .execute();
  return rows.map(toEvent);
}
