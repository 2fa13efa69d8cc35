import type { Sending } from '@halyard/core/delivery/sending';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { loadHistory } from './load-history.js';
import { askPerson } from './review-items.js';

/** Attempts under way whose worker is one of the lost, or took too long; and those that were handed over and not reported. */
export async function expiredLeases(
  tx: Tx,
  now: Date,
  lost: readonly string[],
  limit: number,
): Promise<Sending[]> {
  const { rows } = await sql<ExpiredRow>`
    select m.org_id, m.id, m.contact_id, m.run_id, m.flow_id, m.step_id, m.address, m.tries, m.trace_context,
      m.lease_owner is null as handed_over, a.id as attempt_id,
      a.channel, a.connection_id, a.provider, a.idempotency_key, a.started_at
    from messages m join attempts a on a.org_id = m.org_id and a.message_id = m.id and a.outcome is null
    where m.status = 'sending' and ${lost.length ? sql`(m.lease_until < ${now} or m.lease_owner = any (${lost}))` : sql`m.lease_until < ${now}`}
    order by m.lease_until limit ${limit}`.execute(tx);
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

interface ExpiredRow {
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

/** The report that would have resolved them did not come: a person looks them up at the provider. */
export async function askAboutUnknown(tx: Tx, now: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ org_id: OrgId; id: string }>`
    update messages m set reason = 'no_report', updated_at = ${now}
    from (
      select org_id, id from messages
      where status = 'unknown' and reason = 'awaiting_report' and due_at <= ${now}
      order by due_at limit ${limit} for update skip locked
    ) overdue
    where m.org_id = overdue.org_id and m.id = overdue.id
    returning m.org_id, m.id`.execute(tx);
  await askPerson(
    tx,
    rows.map((row) => ({
      orgId: row.org_id,
      messageId: row.id,
      kind: 'unknown_message' as const,
      reason: 'no_report',
      detail: {},
    })),
  );
  return rows.length;
}
