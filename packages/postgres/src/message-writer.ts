import type { MessageId, OrgId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { beginTrace, currentTrace } from '@halyard/core/trace';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { ahead } from './send-ahead.js';

export interface WrittenMessage {
  id: MessageId;
  /** A message with this key was there already; nothing was written. */
  duplicate: boolean;
}

/**
 * Schedules messages in the caller's transaction, each at most once for its key; answers in the order given. Afterwards
 * the caller pokes `messages`.
 */
export const scheduleMessages = (
  tx: Tx,
  orgId: OrgId,
  messages: readonly NewMessage[],
): Promise<WrittenMessage[]> =>
  scheduleAcross(
    tx,
    messages.map((message) => ({ orgId, message })),
  );

/** As scheduleMessages, for messages of several organizations at once. */
export async function scheduleAcross(
  tx: Tx,
  messages: readonly { orgId: OrgId; message: NewMessage }[],
): Promise<WrittenMessage[]> {
  if (messages.length === 0) return [];
  const taken = await takeKeys(tx, messages);
  const idOf = ({ orgId, message }: (typeof messages)[number]) =>
    taken.get(nameOf(orgId, message.key)) ?? message.id;
  const fresh = messages.filter((one) => idOf(one) === one.message.id);
  if (fresh.length) await insert(tx, fresh);
  return messages.map((one) => ({ id: idOf(one), duplicate: idOf(one) !== one.message.id }));
}

const nameOf = (orgId: string, key: string): string => `${orgId}:${key}`;

/** Which message each key stands for: the new one where the key was free. */
async function takeKeys(
  tx: Tx,
  messages: readonly { orgId: OrgId; message: NewMessage }[],
): Promise<Map<string, MessageId>> {
  // In the order of the keys, so that two writers with the same keys wait for one another instead of deadlocking.
  const keys = messages
    .map(({ orgId, message: { key, id } }) => ({ org_id: orgId, key, id }))
    .sort((a, b) => (nameOf(a.org_id, a.key) < nameOf(b.org_id, b.key) ? -1 : 1));
  const taken = await sql<{ org_id: string; key: string; message_id: MessageId }>`
    insert into message_keys (org_id, key, message_id)
    select org_id, key, id
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given (org_id uuid, key text, id uuid)
    on conflict do nothing
    returning org_id, key, message_id`.execute(tx);
  const known = new Map(taken.rows.map((row) => [nameOf(row.org_id, row.key), row.message_id]));
  const others = keys.filter(({ org_id, key }) => !known.has(nameOf(org_id, key)));
  if (others.length === 0) return known;
  const stored = await sql<{ org_id: string; key: string; message_id: MessageId }>`
    select stored.org_id, stored.key, stored.message_id
    from jsonb_to_recordset(${JSON.stringify(others)}::jsonb) as given (org_id uuid, key text)
    join message_keys as stored on stored.org_id = given.org_id and stored.key = given.key`.execute(tx);
  for (const row of stored.rows) known.set(nameOf(row.org_id, row.key), row.message_id);
  return known;
}

async function insert(tx: Tx, messages: readonly { orgId: OrgId; message: NewMessage }[]): Promise<void> {
  const rows = messages.map(({ orgId, message }) => ({
    org_id: orgId,
    id: message.id,
    contact_id: message.contactId,
    source: message.source,
    run_id: message.origin?.runId,
    flow_id: message.origin?.flowId,
    version_id: message.origin?.versionId,
    step_id: message.origin?.stepId,
    occurrence: message.origin?.occurrence,
    subject_type: message.subject?.type,
    subject_id: message.subject?.id,
    subject_revision: message.subject?.revision,
    event_id: message.eventId,
    class: message.class,
    topic: message.topic,
    channels: message.channels,
    template: message.template,
    content: message.content,
    variables: message.variables,
    condition: message.condition,
    target: message.target,
    lane: message.class === 'transactional' ? 0 : 1,
    planned_at: message.plannedAt,
    due_at: message.plannedAt,
    expires_at: message.expiresAt,
    time_zone: message.timeZone,
    status: message.skipped === undefined ? 'scheduled' : 'skipped',
    reason: message.skipped,
    trace: message.trace ?? currentTrace() ?? beginTrace(), // its lines and spans are found by it, whoever wrote it
  }));
  await sql`${ahead}
    insert into messages (org_id, id, contact_id, source, run_id, flow_id, version_id, step_id, occurrence,
      subject_type, subject_id, subject_revision, event_id, class, topic, channels, template, content, variables,
      condition, target, lane, planned_at, due_at, expires_at, time_zone, status, reason,
      trace_context)
    select org_id, id, contact_id, source, run_id, flow_id, version_id, step_id, occurrence,
      subject_type, subject_id, subject_revision, event_id, class, topic,
      array(select jsonb_array_elements_text(channels)), template, content, variables, condition, target, lane,
      planned_at, due_at, expires_at, time_zone, status, reason, trace
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      org_id uuid, id uuid, contact_id uuid, source text, run_id uuid, flow_id uuid, version_id uuid, step_id text,
      occurrence int, subject_type text, subject_id text, subject_revision int, event_id uuid, class text, topic text,
      channels jsonb, template jsonb, content jsonb, variables jsonb, condition jsonb, target jsonb, lane smallint,
      planned_at timestamptz, due_at timestamptz, expires_at timestamptz, time_zone text, status text, reason text,
      trace text)`.execute(tx);
}
