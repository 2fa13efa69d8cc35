import type { Channel } from '@halyard/contracts/primitives';
import type { ConsentLine } from '@halyard/core/contacts/consent';
import type { Candidate, DueMessage, ReleaseOrganization } from '@halyard/core/delivery/candidate';
import { momentAfter } from '@halyard/core/delivery/deadlines';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** `<organization>/<contact>`. */
type ContactKey = string;

type Organizations = ReadonlyMap<OrgId, ReleaseOrganization>;

const isCapped = (message: DueMessage, organizations: Organizations): boolean =>
  message.class === 'marketing' &&
  message.contactId !== null &&
  (organizations.get(message.orgId)?.policy.caps.length ?? 0) > 0;

/**
 * Locks the contacts whose messages count under a cap, so that two workers never both find a cap not yet reached.
 * Contacts that someone else holds are skipped and not waited for, as their holder may wait for the messages we hold.
 */
export async function lockCappedContacts(
  tx: Tx,
  messages: readonly DueMessage[],
  organizations: Organizations,
): Promise<DueMessage[]> {
  const capped = messages.filter((message) => isCapped(message, organizations));
  if (capped.length === 0) return [...messages];
  const { rows } = await sql<{ org_id: string; id: string }>`
    select org_id, id from contacts
    where (org_id, id) in (select * from ${contactsOf(capped)})
    order by org_id, id for no key update skip locked`.execute(tx);
  const locked = new Set(rows.map((row) => `${row.org_id}/${row.id}`));
  return messages.filter(
    (message) => !isCapped(message, organizations) || locked.has(`${message.orgId}/${message.contactId}`),
  );
}

/** The newest line of each channel and topic, for contacts that marketing is for. */
export async function loadConsents(
  tx: Tx,
  messages: readonly DueMessage[],
): Promise<Map<ContactKey, ConsentLine[]>> {
  const wanted = messages.filter((message) => message.class === 'marketing' && message.contactId);
  if (wanted.length === 0) return new Map();
  // A pending line does not end what was decided before it, so the newest of both kinds is needed.
  const { rows } = await sql<ConsentLine & { org_id: string; contact_id: string }>`
    select distinct on (org_id, contact_id, channel, topic, state = 'pending')
      org_id, contact_id, id, channel, topic, state, seq
    from consents where (org_id, contact_id) in (select * from ${contactsOf(wanted)})
    order by org_id, contact_id, channel, topic, state = 'pending', seq desc`.execute(tx);
  return Map.groupBy(rows, (row) => `${row.org_id}/${row.contact_id}`);
}

/** When the contacts last wrote, on the channels that close a day later. */
export async function loadLastInbound(
  tx: Tx,
  messages: readonly DueMessage[],
): Promise<Map<ContactKey, Partial<Record<Channel, Date>>>> {
  const windowed: Channel[] = ['whatsapp', 'messenger', 'instagram'];
  const wanted = messages.filter(
    ({ contactId, channels }) => contactId && channels.some((channel) => windowed.includes(channel)),
  );
  const last = new Map<ContactKey, Partial<Record<Channel, Date>>>();
  if (wanted.length === 0) return last;
  const { rows } = await sql<{ org_id: string; contact_id: string; channel: Channel; at: Date }>`
    select org_id, contact_id, payload->>'channel' as channel, max(occurred_at) as at
    from events
    where (org_id, contact_id) in (select * from ${contactsOf(wanted)})
      and type = 'message.replied' and occurred_at > now() - interval '2 days'
    group by 1, 2, 3`.execute(tx);
  for (const row of rows) {
    const key = `${row.org_id}/${row.contact_id}`;
    last.set(key, { ...last.get(key), [row.channel]: row.at });
  }
  return last;
}

/** What counts under the caps: marketing messages that went out, or may have, within the longest period. */
export async function loadReleased(
  tx: Tx,
  messages: readonly DueMessage[],
  organizations: Organizations,
  now: Date,
): Promise<Map<ContactKey, Candidate['released']>> {
  const wanted = messages.filter((message) => isCapped(message, organizations));
  const released = new Map<ContactKey, Candidate['released']>();
  // Two messages of one contact in one batch share the list: the second counts the first.
  for (const { orgId, contactId } of wanted) released.set(`${orgId}/${contactId}`, []);
  if (wanted.length === 0) return released;
  const { rows } = await sql<ReleasedRow>`
    select m.org_id, m.contact_id, m.id, m.channel, m.released_at
    from jsonb_to_recordset(${JSON.stringify(sinceOf(wanted, organizations, now))}::jsonb)
      as wanted (org_id uuid, contact_id uuid, since timestamptz)
    join messages m on m.org_id = wanted.org_id and m.contact_id = wanted.contact_id
      and m.class = 'marketing' and m.released_at > wanted.since`.execute(tx);
  for (const row of rows)
    released
      .get(`${row.org_id}/${row.contact_id}`)
      ?.push({ messageId: row.id, at: row.released_at, channel: row.channel });
  return released;
}

interface ReleasedRow {
  org_id: string;
  contact_id: string;
  id: DueMessage['id'];
  channel: Channel;
  released_at: Date;
}

function sinceOf(wanted: readonly DueMessage[], organizations: Organizations, now: Date) {
  const rows = new Map<ContactKey, { org_id: string; contact_id: string | null; since: Date }>();
  for (const { orgId, contactId } of wanted) {
    const organization = organizations.get(orgId);
    const since = organization?.policy.caps.map(({ per }) =>
      momentAfter(now, `-${per}`, organization.timeZone).getTime(),
    );
    rows.set(`${orgId}/${contactId}`, {
      org_id: orgId,
      contact_id: contactId,
      since: new Date(Math.min(...(since ?? []))),
    });
  }
  return [...rows.values()];
}

const contactsOf = (messages: readonly DueMessage[]) =>
  sql`unnest(${messages.map(({ orgId }) => orgId)}::uuid[], ${messages.map(({ contactId }) => contactId)}::uuid[])`;
