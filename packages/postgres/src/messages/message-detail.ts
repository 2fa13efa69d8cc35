import type { MessageDetail } from '@halyard/contracts/messages/message';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { readFacts } from '../delivery/recorded-checks.js';
import { contactOf } from '../named-contact.js';
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
  const { contact } = await tx
    .selectFrom('messages')
    .select(contactOf('messages'))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    ...toMessage(row),
    contact,
    content: row.content as MessageDetail['content'],
    variables: row.variables as MessageDetail['variables'],
    attempts: await readAttempts(tx, orgId, id),
    decisions: await readDecisions(tx, orgId, id),
    reports: await readReports(tx, orgId, id),
    payload: payload ? (JSON.parse(payload.payload) as MessageDetail['payload']) : null,
  };
}

/** The decision to send stands with its attempt, all others in a table of their own. */
async function readDecisions(tx: Tx, orgId: OrgId, id: MessageId): Promise<MessageDetail['decisions']> {
  const { rows } = await sql<DecisionRow>`
    select rule, verdict, facts, at, event_id from (
      select id, rule, verdict, facts, at, event_id from decisions where org_id = ${orgId} and message_id = ${id}
      union all
      select id, 'release', 'send', jsonb_build_object('checks', checks, 'channel', channel,
        'connection_id', connection_id, 'attempt_id', id), started_at, null
      from attempts where org_id = ${orgId} and message_id = ${id}
    ) recorded order by at, id`.execute(tx);
  return rows.map(({ rule, verdict, facts, at, event_id }) => ({
    rule,
    verdict,
    facts: readFacts(facts) as MessageDetail['decisions'][number]['facts'],
    at: at.toISOString(),
    event_id,
  }));
}

interface DecisionRow {
  rule: string;
  verdict: string;
  facts: unknown;
  at: Date;
  event_id: string | null;
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
