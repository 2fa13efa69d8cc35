import type { Sending } from '@halyard/core/delivery/sending';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { askPerson } from './review-items.js';
import type { SendingRow } from './sending-rows.js';
import { sendingColumns, toSendings } from './sending-rows.js';

/** Attempts under way whose worker is one of the lost, or took too long; and those that were handed over and not reported. */
export async function expiredLeases(
  tx: Tx,
  now: Date,
  lost: readonly string[],
  limit: number,
): Promise<Sending[]> {
  const { rows } = await sql<SendingRow>`
    select ${sendingColumns}
    from messages m join attempts a on a.org_id = m.org_id and a.message_id = m.id and a.outcome is null
    where m.status = 'sending' and ${lost.length ? sql`(m.lease_until < ${now} or m.lease_owner = any (${lost}))` : sql`m.lease_until < ${now}`}
    order by m.lease_until limit ${limit}`.execute(tx);
  return toSendings(tx, rows);
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
