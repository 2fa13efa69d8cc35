import { softBounceLimit } from '@halyard/core/delivery/reported-status';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { suppress } from '../suppressions.js';
import type { ReportedMessage } from './reported-message.js';

/**
 * Gives an address up when enough messages to it bounced softly within 30 days (RFC 3464, class 4). They are found by their
 * contact, and those to nobody's address by the address.
 */
export async function suppressSoftBounced(tx: Tx, orgId: OrgId, message: ReportedMessage): Promise<void> {
  const { channel, address, contact_id } = message;
  if (!channel || !address) return;
  const toThem = contact_id ? sql`m.contact_id = ${contact_id}` : sql`m.contact_id is null`;
  const { rows } = await sql<{ n: number }>`
    select count(distinct r.message_id)::int as n
    from messages m join provider_reports r on r.org_id = m.org_id and r.message_id = m.id
    where m.org_id = ${orgId} and ${toThem} and m.channel = ${channel} and m.address = ${address}
      and r.type = 'soft_bounced' and r.received_at > now() - interval '30 days'`.execute(tx);
  if ((rows[0]?.n ?? 0) >= softBounceLimit)
    await suppress(tx, orgId, [{ channel, address, reason: 'soft_bounces', source: 'provider' }]);
}
