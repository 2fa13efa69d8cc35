import type { MessageId, OrgId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Tx } from './database.js';

export interface WrittenMessage {
  id: MessageId;
  /** A message with this key was there already; nothing was written. */
  duplicate: boolean;
}

/**
 * Schedules messages in the caller's transaction, each at most once for its key; answers in the order given. Afterwards
 * the caller pokes `messages`.
 */
export async function scheduleMessages(
  tx: Tx,
  orgId: OrgId,
  messages: readonly NewMessage[],
): Promise<WrittenMessage[]> {
  if (messages.length === 0) return [];
  const taken = await takeKeys(tx, orgId, messages);
  const fresh = messages.filter((message) => taken.get(message.key) === message.id);
  if (fresh.length) await insert(tx, orgId, fresh);
  return messages.map((message) => {
    const id = taken.get(message.key) ?? message.id;
    return { id, duplicate: id !== message.id };
  });
}

async function takeKeys(
  tx: Tx,
  orgId: OrgId,
  messages: readonly NewMessage[],
): Promise<Map<string, MessageId>> {
  const keys = messages
    .map((message) => ({ key: message.key, id: message.id }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  await sql`
    insert into message_keys (org_id, key, message_id)
    select ${orgId}, key, id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given (key text, id uuid)
    on conflict do nothing`.execute(tx);
  const stored = await tx
    .selectFrom('message_keys')
    .select(['key', 'message_id'])
    .where('org_id', '=', orgId)
    .where(
      'key',
      'in',
      keys.map(({ key }) => key),
    )
    .execute();
  return new Map(stored.map((row) => [row.key, row.message_id as MessageId]));
}

async function insert(tx: Tx, orgId: OrgId, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.map((message) => ({
    id: message.id,
    contact_id: message.contactId,
    source: message.source,
    run_id: message.origin?.runId,
    flow_id: message.origin?.flowId,
    version_id: message.origin?.versionId,
    step_id: message.origin?.stepId,
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
  }));
  await sql`
    insert into messages (org_id, id, contact_id, source, run_id, flow_id, version_id, step_id, subject_type, subject_id,
      subject_revision, event_id, class, topic, channels, template, content, variables, condition, target, lane,
      planned_at, due_at, expires_at, time_zone)
    select ${orgId}, id, contact_id, source, run_id, flow_id, version_id, step_id, subject_type, subject_id,
      subject_revision, event_id, class, topic, array(select jsonb_array_elements_text(channels)), template, content,
      variables, condition, target, lane, planned_at, due_at, expires_at, time_zone
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      id uuid, contact_id uuid, source text, run_id uuid, flow_id uuid, version_id uuid, step_id text,
      subject_type text, subject_id text, subject_revision int, event_id uuid, class text, topic text, channels jsonb,
      template jsonb, content jsonb, variables jsonb, condition jsonb, target jsonb, lane smallint,
      planned_at timestamptz, due_at timestamptz, expires_at timestamptz, time_zone text)`.execute(tx);
}
