import { automation } from '@halyard/core/actor';
import type { Breaker } from '@halyard/core/delivery/breaker';
import { admits, afterAnswer, afterFailure } from '@halyard/core/delivery/breaker';
import type { ReleaseOrganization } from '@halyard/core/delivery/candidate';
import type { RecordedOutcome } from '@halyard/core/delivery/delivery-store';
import type { ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Tx } from '../database.js';

/** How soon a worker looks again at a breaker that another one is seeing to. */
const othersProbeMs = 1_000;

/**
 * Of several workers that find a breaker waiting for its probe, one may let a message through: who holds the row. For
 * the others it stays open. Comes after the rate buckets, like everything that locks connections.
 */
export async function claimProbes(
  tx: Tx,
  organizations: Iterable<ReleaseOrganization>,
  now: Date,
): Promise<void> {
  const waiting = [...organizations].flatMap(({ connections }) =>
    connections.filter(({ breaker }) => admits(breaker, now) === 'probe'),
  );
  if (waiting.length === 0) return;
  const { rows } = await sql<{ id: ConnectionId }>`
    select id from connections
    where org_id = any (${waiting.map(({ orgId }) => orgId)}::uuid[]) and id = any (${waiting.map(({ id }) => id)}::uuid[])
      and breaker_state <> 'closed' and (breaker_retry_at is null or breaker_retry_at <= ${now})
    for no key update skip locked`.execute(tx);
  const ours = new Set(rows.map(({ id }) => id));
  const retryAt = new Date(now.getTime() + othersProbeMs);
  for (const connection of waiting)
    if (!ours.has(connection.id)) connection.breaker = { ...connection.breaker, retryAt };
}

/** Moves the breakers of connections by what their calls came to, in the order they ended. */
export async function moveBreakers(tx: Tx, outcomes: readonly RecordedOutcome[]): Promise<void> {
  const evidence = outcomes.filter(({ transition }) => transition.breaker !== 'no_evidence');
  const failing = evidence.filter(({ transition }) => transition.breaker === 'failed');
  const ids = [...new Set(evidence.map(({ sending }) => sending.connectionId))];
  if (ids.length === 0) return;
  // Answers move only a breaker that has seen failures: with healthy providers this finds no row and locks none.
  const { rows } = await sql<BreakerRow>`
    select org_id, id, breaker_state as state, breaker_failures as failures, breaker_retry_at as retry_at,
      breaker_reason as reason
    from connections
    where org_id = any (${[...new Set(evidence.map(({ sending }) => sending.orgId))]}::uuid[])
      and id = any (${ids}::uuid[])
      and (breaker_failures > 0 or breaker_state <> 'closed'
        or id = any (${failing.map(({ sending }) => sending.connectionId)}::uuid[]))
    order by org_id, id for no key update`.execute(tx);
  for (const row of rows) {
    const before: Breaker = {
      state: row.state,
      failures: row.failures,
      retryAt: row.retry_at,
      reason: row.reason,
    };
    const after = evidence.filter(({ sending }) => sending.connectionId === row.id).reduce(moved, before);
    if (after !== before) await save(tx, row, after);
  }
}

interface BreakerRow {
  org_id: OrgId;
  id: ConnectionId;
  state: Breaker['state'];
  failures: number;
  retry_at: Date | null;
  reason: string | null;
}

function moved(breaker: Breaker, { transition, outcome, at }: RecordedOutcome): Breaker {
  if (transition.breaker === 'answered') return afterAnswer();
  return afterFailure(breaker, 'code' in outcome ? outcome.code : outcome.kind, at);
}

const save = (tx: Tx, { org_id, id }: BreakerRow, breaker: Breaker) =>
  tx
    .updateTable('connections')
    .set({
      breaker_state: breaker.state,
      breaker_failures: breaker.failures,
      breaker_retry_at: breaker.retryAt,
      breaker_reason: breaker.reason,
    })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute();

/** Pauses connections whose account was refused, with a line in the audit log that says why. */
export async function pauseConnections(tx: Tx, outcomes: readonly RecordedOutcome[]): Promise<void> {
  const refused = new Map(
    outcomes.flatMap(({ sending, transition }) =>
      transition.pauseConnection
        ? [[sending.connectionId, { sending, why: transition.pauseConnection }]]
        : [],
    ),
  );
  for (const { sending, why } of refused.values()) await pause(tx, sending.orgId, sending.connectionId, why);
}

/**
 * Pauses the connection that a message went by. Reports come late: one about a message from before somebody last changed
 * the connection does not undo the mending.
 */
export async function pauseAfterReport(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  messageId: MessageId,
  why: string,
): Promise<void> {
  const { rows } = await sql<{ current: boolean }>`
    select exists (
      select from connections c join attempts a on a.org_id = c.org_id and a.connection_id = c.id
      where c.org_id = ${orgId} and c.id = ${connectionId} and a.message_id = ${messageId}
        and a.started_at >= c.updated_at
    ) as current`.execute(tx);
  if (rows[0]?.current) await pause(tx, orgId, connectionId, why);
}

async function pause(tx: Tx, orgId: OrgId, id: ConnectionId, why: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('connections')
    .set({ status: 'paused', breaker_reason: why, updated_at: sql`now()` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await appendAudit(tx, orgId, {
    actor: automation('delivery'),
    action: 'connection.paused',
    target: { type: 'connection', id },
    changes: { status: 'paused', reason: why },
  });
}
