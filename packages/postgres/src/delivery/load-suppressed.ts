import type { Channel } from '@halyard/contracts/primitives';
import { normalizeAddress } from '@halyard/core/contacts/address';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { SuppressionReason } from '@halyard/core/contacts/suppression';
import type { DueMessage, Recipient } from '@halyard/core/delivery/candidate';
import { suppressionKey } from '@halyard/core/delivery/candidate';
import { addressOn } from '@halyard/core/delivery/checks/channel-checks';
import type { MessageId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** Which addresses that the messages may go to are suppressed, and why: one query over their hashes. */
export async function loadSuppressed(
  tx: Tx,
  messages: readonly DueMessage[],
  recipients: readonly (Pick<Recipient, 'identities'> | null | undefined)[],
): Promise<Map<MessageId, Map<string, SuppressionReason>>> {
  const asked = messages.flatMap((message, n) =>
    message.channels.flatMap((channel) => {
      const address = addressOn({ message, contact: recipients[n] ?? null }, channel);
      return address
        ? [{ message, channel, address, hash: addressHash(channel, listed(message, channel, address)) }]
        : [];
    }),
  );
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ n: number; reason: SuppressionReason }>`
    select asked.n::int as n, s.reason
    from unnest(${asked.map(({ message }) => message.orgId)}::uuid[], ${asked.map(({ channel }) => channel)}::text[],
      ${asked.map(({ hash }) => hash)}::bytea[]) with ordinality as asked (org_id, channel, hash, n)
    join suppressions s on s.org_id = asked.org_id and s.channel = asked.channel
      and s.address_hash = asked.hash`.execute(tx);
  const found = new Map<MessageId, Map<string, SuppressionReason>>();
  for (const { n, reason } of rows) {
    const hit = asked[n - 1];
    if (!hit) continue;
    const known = found.get(hit.message.id) ?? new Map<string, SuppressionReason>();
    found.set(hit.message.id, known.set(suppressionKey(hit.channel, hit.address), reason));
  }
  return found;
}

/** Contacts' addresses are stored in the form the list has; one that came with the message may be written otherwise. */
function listed({ target }: DueMessage, channel: Channel, address: string): string {
  if (target?.[channel] !== address) return address;
  const normalized = normalizeAddress(channel, address, null);
  return normalized.ok ? normalized.address : address;
}
