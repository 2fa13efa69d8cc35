import type { MessageDetail } from '@halyard/contracts/messages/message';
import type { MessageId, OrgId } from '@halyard/core/ids';
import type { Tx } from '../database.js';
import { readFacts } from '../delivery/recorded-checks.js';
import { readAttempts, readMessage, toMessage } from './message-rows.js';

/** A message with everything on record about it; null when there is none. */
export async function readDetail(tx: Tx, orgId: OrgId, id: MessageId): Promise<MessageDetail | null> {
  const row = await readMessage(tx, orgId, id);
  if (!row) return null;
  const payload = await tx
    .selectFrom('message_payloads')
    .select('payload')
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .executeTakeFirst();
  return {
    ...toMessage(row),
    content: row.content as MessageDetail['content'],
    variables: row.variables as MessageDetail['variables'],
    attempts: await readAttempts(tx, orgId, id),
    decisions: await readDecisions(tx, orgId, id),
    reports: await readReports(tx, orgId, id),
    payload: payload ? (JSON.parse(payload.payload) as MessageDetail['payload']) : null,
  };
}

async function readDecisions(tx: Tx, orgId: OrgId, id: MessageId): Promise<MessageDetail['decisions']> {
  const rows = await tx
    .selectFrom('decisions')
    .select(['rule', 'verdict', 'facts', 'at', 'event_id'])
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ rule, verdict, facts, at, event_id }) => ({
    rule,
    verdict,
    facts: readFacts(facts) as MessageDetail['decisions'][number]['facts'],
    at: at.toISOString(),
    event_id,
  }));
}

async function readReports(tx: Tx, orgId: OrgId, id: MessageId): Promise<MessageDetail['reports']> {
  const rows = await tx
    .selectFrom('provider_reports')
    .select(['type', 'received_at', 'payload'])
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .orderBy('received_at')
    .execute();
  return rows.map(({ type, received_at, payload }) => ({
    type,
    received_at: received_at.toISOString(),
    payload: payload as MessageDetail['payload'],
  }));
}
