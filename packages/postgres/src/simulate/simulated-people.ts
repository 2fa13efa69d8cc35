import type { Channel } from '@halyard/contracts/primitives';
import { kindsOf } from '@halyard/core/contacts/address';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { ConsentLine } from '@halyard/core/contacts/consent';
import type { SuppressionReason } from '@halyard/core/contacts/suppression';
import { suppressionKey } from '@halyard/core/delivery/candidate';
import type { ContactId, FlowId, MessageId, OrgId } from '@halyard/core/ids';
import type { SimulatedContact, Tree } from '@halyard/core/simulate/starting-point';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { loadFacts } from '../facts.js';

const chunk = 2_000;

/** Which time counts for what has one: all of it from the beginning on, when events are invented. */
export interface PeopleAsked {
  ids: readonly ContactId[];
  flowIds: readonly FlowId[];
  channels: readonly Channel[];
  from: Date;
  until: Date;
  /** Longest period of a cap before `from`. */
  releasedSince: Date;
  /** Consents and suppressions count from `from` on, whenever they were recorded. */
  asOfNow: boolean;
}

/** Contacts with what release asks about them. The erased are left out: nothing follows for them. */
export async function loadPeople(
  tx: Tx,
  orgId: OrgId,
  asked: PeopleAsked,
): Promise<Map<ContactId, SimulatedContact>> {
  const people = new Map<ContactId, SimulatedContact>();
  for (let n = 0; n < asked.ids.length; n += chunk)
    for (const one of await loadChunk(tx, orgId, { ...asked, ids: asked.ids.slice(n, n + chunk) }))
      people.set(one.id, one);
  return people;
}

async function loadChunk(tx: Tx, orgId: OrgId, asked: PeopleAsked): Promise<SimulatedContact[]> {
  const requests = asked.ids.map((contactId) => ({
    orgId,
    contactId,
    subject: null,
    event: null,
    runId: null,
  }));
  const facts = (await loadFacts(tx, requests)).map(({ contact }) => contact as Tree | null);
  const consents = await consentsOf(tx, orgId, asked);
  const released = await releasedTo(tx, orgId, asked);
  const known = asked.ids.flatMap((id, n) => {
    const contact = facts[n];
    return contact && contact.erased_at === null ? [{ id, facts: contact }] : [];
  });
  const suppressed = await suppressedOf(tx, orgId, known, asked);
  return known.map((one) => ({
    ...one,
    consents: consents.get(one.id) ?? [],
    released: released.get(one.id) ?? [],
    suppressed: suppressed.get(one.id) ?? none,
  }));
}

const none = new Map();

async function consentsOf(tx: Tx, orgId: OrgId, { ids, asOfNow, from }: PeopleAsked) {
  const { rows } = await sql<ConsentLine & { contact_id: ContactId; occurred_at: Date }>`
    select contact_id, id, channel, topic, state, seq, occurred_at from consents
    where org_id = ${orgId} and contact_id = any (${ids}::uuid[]) order by seq`.execute(tx);
  return Map.groupBy(
    rows.map(({ occurred_at, ...line }) => ({ ...line, occurredAt: asOfNow ? from : occurred_at })),
    ({ contact_id }) => contact_id,
  );
}

/** Marketing messages of everyone but the simulated flows. */
async function releasedTo(
  tx: Tx,
  orgId: OrgId,
  { ids, flowIds, releasedSince, until }: PeopleAsked,
): Promise<Map<ContactId, SimulatedContact['released']>> {
  const { rows } = await sql<{ contact_id: ContactId; id: MessageId; released_at: Date; channel: Channel }>`
    select contact_id, id, released_at, channel from messages
    where org_id = ${orgId} and contact_id = any (${ids}::uuid[]) and class = 'marketing'
      and released_at >= ${releasedSince} and released_at < ${until}
      and (flow_id is null or not flow_id = any (${flowIds}::uuid[]))
    order by released_at`.execute(tx);
  const lists = new Map<ContactId, SimulatedContact['released']>();
  for (const { contact_id, id, released_at, channel } of rows) {
    const list = lists.get(contact_id) ?? [];
    list.push({ messageId: id, at: released_at, channel });
    lists.set(contact_id, list);
  }
  return lists;
}

async function suppressedOf(
  tx: Tx,
  orgId: OrgId,
  people: readonly { id: ContactId; facts: Tree }[],
  { channels, asOfNow, from }: PeopleAsked,
): Promise<Map<ContactId, Map<string, { reason: SuppressionReason; at: Date }>>> {
  const asked = people.flatMap(({ id, facts }) =>
    channels.flatMap((channel) =>
      addressesOf(facts, channel).map((address) => ({
        id,
        channel,
        address,
        hash: addressHash(channel, address),
      })),
    ),
  );
  const found = new Map<ContactId, Map<string, { reason: SuppressionReason; at: Date }>>();
  const { rows } = await sql<{ n: number; reason: SuppressionReason; created_at: Date }>`
    select asked.n::int as n, s.reason, s.created_at
    from unnest(${asked.map(({ channel }) => channel)}::text[], ${asked.map(({ hash }) => hash)}::bytea[])
      with ordinality as asked (channel, hash, n)
    join suppressions s on s.org_id = ${orgId} and s.channel = asked.channel and s.address_hash = asked.hash`.execute(
    tx,
  );
  for (const { n, reason, created_at } of rows) {
    const hit = asked[n - 1];
    if (!hit) continue;
    const known = found.get(hit.id) ?? new Map();
    known.set(suppressionKey(hit.channel, hit.address), { reason, at: asOfNow ? from : created_at });
    found.set(hit.id, known);
  }
  return found;
}

function addressesOf(facts: Tree, channel: Channel): string[] {
  const identities = (facts.identities ?? {}) as Record<string, string[]>;
  return [...new Set(kindsOf(channel).flatMap((kind) => identities[kind] ?? []))];
}
