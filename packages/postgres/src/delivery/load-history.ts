import type { DueMessage, PastAttempt } from '@halyard/core/delivery/candidate';
import type { Payload } from '@halyard/core/delivery/provider';
import { repeatedAttempt } from '@halyard/core/delivery/routing';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

export type Histories = Map<MessageId, (PastAttempt & { orgId: OrgId })[]>;

/** The attempts of each message since it was scheduled or sent anew by a person, oldest first. */
export async function loadHistory(
  tx: Tx,
  messages: readonly Pick<DueMessage, 'orgId' | 'id' | 'tries'>[],
): Promise<Histories> {
  const tried = messages.filter(({ tries }) => tries > 0);
  if (tried.length === 0) return new Map();
  const { rows } = await sql<AttemptRow>`
    select a.*
    from unnest(${tried.map(({ orgId }) => orgId)}::uuid[], ${tried.map(({ id }) => id)}::uuid[],
      ${tried.map(({ tries }) => tries)}::int[]) as m (org_id, id, tries)
    cross join lateral (
      select org_id, message_id, id, connection_id, channel, idempotency_key, started_at, outcome
      from attempts where org_id = m.org_id and message_id = m.id
      order by started_at desc, id desc limit m.tries
    ) a
    order by a.started_at, a.id`.execute(tx);
  return Map.groupBy(rows.map(toPastAttempt), ({ messageId }) => messageId);
}

interface AttemptRow {
  org_id: OrgId;
  message_id: MessageId;
  id: PastAttempt['id'];
  connection_id: PastAttempt['connectionId'];
  channel: PastAttempt['channel'];
  idempotency_key: string;
  started_at: Date;
  outcome: PastAttempt['outcome'];
}

const toPastAttempt = (row: AttemptRow) => ({
  orgId: row.org_id,
  messageId: row.message_id,
  id: row.id,
  connectionId: row.connection_id,
  channel: row.channel,
  idempotencyKey: row.idempotency_key,
  startedAt: row.started_at,
  outcome: row.outcome,
});

/** The bytes of those that are to be repeated. */
export async function loadStoredPayloads(tx: Tx, histories: Histories): Promise<Map<MessageId, Payload>> {
  const repeated = [...histories].flatMap(([messageId, history]) => {
    const orgId = history[0]?.orgId;
    return orgId && repeatedAttempt(history) ? [{ orgId, messageId }] : [];
  });
  if (repeated.length === 0) return new Map();
  const { rows } = await sql<{ message_id: MessageId; payload: string }>`
    select message_id, payload from message_payloads
    where (org_id, message_id) in (
      select * from unnest(${repeated.map(({ orgId }) => orgId)}::uuid[],
        ${repeated.map(({ messageId }) => messageId)}::uuid[]))`.execute(tx);
  return new Map(rows.map((row) => [row.message_id, JSON.parse(row.payload) as Payload]));
}
