import type { Attempt, Message } from '@halyard/contracts/messages/message';
import type { Channel } from '@halyard/contracts/primitives';
import type { MessageId, OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import type { Tx } from '../database.js';
import type { Attempts, Messages } from '../schema.gen.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const toMessage = (row: Selectable<Messages>): Message => ({
  id: row.id,
  contact_id: row.contact_id,
  source: row.source as Message['source'],
  class: row.class as Message['class'],
  topic: row.topic,
  channels: row.channels as Channel[],
  channel: row.channel as Channel | null,
  address: row.address,
  template: row.template as Message['template'],
  flow_id: row.flow_id,
  run_id: row.run_id,
  step_id: row.step_id,
  subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : null,
  status: row.status as Message['status'],
  reason: row.reason,
  tries: row.tries,
  planned_at: row.planned_at.toISOString(),
  due_at: row.due_at.toISOString(),
  expires_at: iso(row.expires_at),
  sent_at: iso(row.sent_at),
  delivered_at: iso(row.delivered_at),
  opened_at: iso(row.opened_at),
  clicked_at: iso(row.clicked_at),
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

export const readMessage = (tx: Tx, orgId: OrgId, id: MessageId): Promise<Selectable<Messages> | undefined> =>
  tx.selectFrom('messages').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst();

export async function readAttempts(tx: Tx, orgId: OrgId, id: MessageId): Promise<Attempt[]> {
  const rows = await tx
    .selectFrom('attempts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map(toAttempt);
}

const toAttempt = (row: Selectable<Attempts>): Attempt => ({
  id: row.id,
  n: row.n,
  channel: row.channel as Channel,
  connection_id: row.connection_id,
  provider: row.provider,
  started_at: row.started_at.toISOString(),
  finished_at: iso(row.finished_at),
  outcome: row.outcome as Attempt['outcome'],
  provider_message_id: row.provider_message_id,
  code: row.code,
  detail: row.detail,
});
