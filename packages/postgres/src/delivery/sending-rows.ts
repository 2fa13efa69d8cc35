import type { Sending } from '@halyard/core/delivery/sending';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { loadHistory } from './load-history.js';

/** Of a message `m` and an attempt `a` of it. */
export const sendingColumns = sql`m.org_id, m.id, m.contact_id, m.run_id, m.flow_id, m.step_id, m.address, m.tries,
  m.trace_context, m.lease_owner is null as handed_over, a.id as attempt_id, a.channel, a.connection_id, a.provider,
  a.idempotency_key, a.started_at`;

export interface SendingRow {
  org_id: OrgId;
  id: MessageId;
  contact_id: Sending['contactId'];
  run_id: Sending['origin']['runId'];
  flow_id: Sending['origin']['flowId'];
  step_id: string | null;
  address: string;
  tries: number;
  attempt_id: Sending['attemptId'];
  channel: Sending['channel'];
  connection_id: Sending['connectionId'];
  provider: string;
  idempotency_key: string;
  started_at: Date;
  trace_context: string | null;
  handed_over: boolean;
}

/** Attempts with what was tried before them. */
export async function toSendings(tx: Tx, rows: readonly SendingRow[]): Promise<Sending[]> {
  const histories = await loadHistory(
    tx,
    rows.map((row) => ({ orgId: row.org_id, id: row.id, tries: row.tries })),
  );
  return rows.map((row) => {
    const history = histories.get(row.id) ?? [];
    const sameKey = history.find((attempt) => attempt.idempotencyKey === row.idempotency_key);
    return {
      orgId: row.org_id,
      messageId: row.id,
      contactId: row.contact_id,
      origin: { runId: row.run_id, flowId: row.flow_id, stepId: row.step_id },
      channel: row.channel,
      address: row.address,
      connectionId: row.connection_id,
      provider: row.provider,
      attemptId: row.attempt_id,
      idempotencyKey: row.idempotency_key,
      startedAt: row.started_at,
      keyUsedSince: sameKey?.startedAt ?? row.started_at,
      failures: history.filter(({ outcome }) => outcome === 'failed_before_send' || outcome === 'unknown')
        .length,
      trace: row.trace_context,
      handedOver: row.handed_over,
    };
  });
}
