import type { RecordedOutcome } from '@halyard/core/delivery/delivery-store';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/**
 * Those of these messages that were tried and have no address: only the erasure of their person takes it away. What comes
 * in about them later settles them, and brings nothing of the person back. An erasure under way is waited for, and one that
 * comes now waits for the caller's transaction, and finds what it wrote.
 */
export async function erasedAmong(
  tx: Tx,
  orgId: OrgId,
  ids: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: MessageId; erased: boolean }>`
    select id, address is null and exists (
      select from attempts where org_id = m.org_id and message_id = m.id) as erased
    from messages m where org_id = ${orgId} and id = any (${ids}::uuid[]) order by id for update`.execute(tx);
  return new Set(rows.flatMap(({ id, erased }) => (erased ? id : [])));
}

/** Of outcomes that say more than that it was sent: what they say goes where the message is erased. */
export async function forgetErased<One extends RecordedOutcome>(
  tx: Tx,
  outcomes: readonly One[],
): Promise<One[]> {
  const saying = outcomes.filter(({ outcome }) => 'detail' in outcome);
  const erased = new Set<MessageId>();
  for (const [orgId, ofOne] of Map.groupBy(saying, ({ sending }) => sending.orgId)) {
    const ids = await erasedAmong(
      tx,
      orgId,
      ofOne.map(({ sending }) => sending.messageId),
    );
    if (ids.size === 0) continue;
    await sql`
      update attempts set detail = null where org_id = ${orgId} and message_id = any (${[...ids]}::uuid[])`.execute(
      tx,
    );
    await sql`
      update messages set last_error = null where org_id = ${orgId} and id = any (${[...ids]}::uuid[])`.execute(
      tx,
    );
    for (const id of ids) erased.add(id);
  }
  return outcomes.map((one) =>
    erased.has(one.sending.messageId)
      ? { ...one, sending: { ...one.sending, address: '' }, outcome: { ...one.outcome, detail: '' } }
      : one,
  );
}

/** The report without what a provider says of the person. */
export const withoutPerson = ({ detail: _, address: __, ...report }: ProviderReport): ProviderReport => ({
  ...report,
  raw: {},
});
