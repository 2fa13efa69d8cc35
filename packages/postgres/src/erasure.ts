import type { Channel, IdentityKind } from '@halyard/contracts/primitives';
import { channelsOf } from '@halyard/core/contacts/address';
import { addressHash } from '@halyard/core/contacts/address-hash';
import { isWithdrawn } from '@halyard/core/contacts/consent';
import type { Change } from '@halyard/core/contacts/contacts';
import type { ContactExport, ErasureStore } from '@halyard/core/contacts/erasure';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import { toConsent } from './consent-store.js';
import { readConsentLines } from './consents.js';
import { tellContactFacts } from './contact-changes.js';
import { assertAlive, lockContacts } from './contact-keys.js';
import { readContact, selectContacts, toContact } from './contact-rows.js';
import type { Database, Tx } from './database.js';
import { suppress } from './suppressions.js';

interface Reachable {
  channel: Channel;
  address: string;
}

export class PgErasureStore implements ErasureStore {
  constructor(private readonly database: Database) {}

  collect(orgId: OrgId, id: ContactId, { actor }: Change): Promise<ContactExport | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const contact = await readContact(tx, orgId, id);
      if (!contact) return null;
      const ids = await mergedInto(tx, orgId, id);
      const merged = await selectContacts(tx, orgId)
        .where('contacts.id', 'in', ids)
        .where('contacts.id', '!=', id)
        .execute();
      const consents = await tx
        .selectFrom('consents')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('contact_id', 'in', ids)
        .orderBy('seq', 'desc')
        .execute();
      await appendAudit(tx, orgId, { actor, action: 'contact.exported', target: { type: 'contact', id } });
      return {
        contact,
        merged_contacts: merged.map(toContact),
        consents: consents.map(toConsent),
        events: await rowsOf(tx, orgId, 'events', ids),
        bookings: await rowsOf(tx, orgId, 'bookings', ids),
        enrollments: await rowsOf(tx, orgId, 'enrollments', ids),
        messages: await rowsOf(tx, orgId, 'messages', ids),
        outreach_items: await rowsOf(tx, orgId, 'outreach_items', ids),
        runs: await rowsOf(tx, orgId, 'runs', ids),
        workflow_calls: await rowsOfRuns(tx, orgId, 'workflow_calls', ids),
        decisions: await rowsOf(tx, orgId, 'decisions', ids),
      };
    });
  }

  erase(orgId: OrgId, id: ContactId, options: { suppress: boolean }, { actor, at }: Change): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await lockContacts(tx, orgId, [id]);
      await assertAlive(tx, orgId, id);
      const ids = await mergedInto(tx, orgId, id);
      const reachable = await addressesOf(tx, orgId, ids);
      await keepOptOuts(tx, orgId, ids, reachable, options.suppress);
      await forgetAddresses(tx, orgId, reachable);
      const addresses = [...new Set(reachable.map((one) => one.address))];
      for (const statement of erasing(orgId, ids, addresses, at)) await statement.execute(tx);
      await tellContactFacts(tx, orgId, [{ type: 'contact.erased', contactId: id, payload: {} }], at);
      await appendAudit(tx, orgId, { actor, action: 'contact.erased', target: { type: 'contact', id } });
    });
  }
}

/** The contact and all that were merged into it, at any depth. */
async function mergedInto(tx: Tx, orgId: OrgId, id: ContactId): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive family as (
      select ${id}::uuid as id
      union
      select contacts.id from family join contacts on org_id = ${orgId} and merged_into = family.id
    ) select id from family`.execute(tx);
  return rows.map((row) => row.id);
}

const rowsOf = (tx: Tx, orgId: OrgId, table: string, ids: readonly string[]) =>
  rowsWhere(tx, orgId, table, sql`contact_id = any (${ids}::uuid[])`);

const rowsOfRuns = (tx: Tx, orgId: OrgId, table: string, ids: readonly string[]) =>
  rowsWhere(
    tx,
    orgId,
    table,
    sql`run_id in (select id from runs where org_id = ${orgId} and contact_id = any (${ids}::uuid[]))`,
  );

async function rowsWhere(tx: Tx, orgId: OrgId, table: string, theirs: RawBuilder<unknown>) {
  const { rows } = await sql<{ row: ContactExport['events'][number] }>`
    select jsonb_strip_nulls(to_jsonb(t) - 'org_id' - 'body_hash') as row from ${sql.table(table)} t
    where org_id = ${orgId} and ${theirs} order by id`.execute(tx);
  return rows.map(({ row }) => row);
}

async function addressesOf(tx: Tx, orgId: OrgId, ids: readonly string[]): Promise<Reachable[]> {
  const identities = await tx
    .selectFrom('identities')
    .select(['kind', 'address'])
    .where('org_id', '=', orgId)
    .where('contact_id', 'in', ids)
    .execute();
  return identities.flatMap(({ kind, address }) =>
    channelsOf(kind as IdentityKind).map((channel) => ({ channel, address })),
  );
}

/**
 * Who opted out, be it of one topic, must not be written to when they are imported again: the addresses are suppressed
 * before they go.
 */
async function keepOptOuts(
  tx: Tx,
  orgId: OrgId,
  ids: readonly string[],
  reachable: readonly Reachable[],
  all: boolean,
): Promise<void> {
  const said = await readConsentLines(tx, orgId, ids);
  const optedOut = reachable.filter(({ channel }) => all || isWithdrawn(said, { channel, topic: '*' }));
  await suppress(
    tx,
    orgId,
    optedOut.map((one) => ({ ...one, reason: 'unsubscribed', source: 'erasure' })),
  );
}

/** Suppressions keep only the hash; what else is found by address goes. */
async function forgetAddresses(tx: Tx, orgId: OrgId, reachable: readonly Reachable[]): Promise<void> {
  const hashes = reachable.map(({ channel, address }) => addressHash(channel, address).toString('hex'));
  const addresses = [...new Set(reachable.map((one) => one.address))];
  await sql`
    update suppressions set address = null
    where org_id = ${orgId} and encode(address_hash, 'hex') = any (${hashes}::text[])`.execute(tx);
  await sql`
    delete from sandbox_inbox where org_id = ${orgId} and recipient = any (${addresses}::text[])`.execute(tx);
  await sql`
    update review_items set detail = '{}', resolved_at = coalesce(resolved_at, now()),
      resolved_by = coalesce(resolved_by, 'erasure'), status = case when status = 'open' then 'resolved' else status end
    where org_id = ${orgId} and kind = 'quarantined_input'
      and exists (select from unnest(${addresses}::text[]) as address where position(address in lower(detail::text)) > 0)`.execute(
    tx,
  );
  await sql`
    delete from import_rejects where org_id = ${orgId}
      and exists (select from unnest(${addresses}::text[]) as address where position(address in lower(row)) > 0)`.execute(
    tx,
  );
}

/**
 * Everything that is found by the contact, or by an address of theirs where no contact is named. Rows stay, so that
 * counts stay right; what they say of the person goes.
 */
const erasing = (orgId: OrgId, ids: readonly string[], addresses: readonly string[], at: Date) => {
  const theirs = sql`org_id = ${orgId} and contact_id = any (${ids}::uuid[])`;
  const theirMessages = sql`org_id = ${orgId} and (contact_id = any (${ids}::uuid[]) or contact_id is null
    and (address = any (${addresses}::text[])
      or exists (select from jsonb_each_text(target) as t (channel, address) where t.address = any (${addresses}::text[]))))`;
  const ofTheirMessages = sql`org_id = ${orgId} and message_id in (select id from messages where ${theirMessages})`;
  const fromTheirAddress = sql`org_id = ${orgId} and payload->>'address' = any (${addresses}::text[])`;
  return [
    sql`delete from identities where ${theirs}`,
    sql`update contacts set external_id = null, first_name = null, last_name = null, locale = null, time_zone = null,
          country = null, preferred_channel = null, attributes = '{}', erased_at = ${at}, updated_at = ${at}
        where org_id = ${orgId} and id = any (${ids}::uuid[])`,
    sql`update consents set evidence = '{}' where ${theirs}`,
    sql`update events set payload = '{}' where (${theirs}) or (contact_id is null and ${fromTheirAddress})
          or (org_id = ${orgId} and subject_type = 'message'
            and subject_id in (select id::text from messages where ${theirMessages}))`,
    sql`update bookings set attributes = '{}', cancel_reason = null where ${theirs}`,
    sql`update enrollments set attributes = '{}', cancel_reason = null where ${theirs}`,
    sql`update outreach_items set item = item - '{subject,body,target}'::text[], target = 'erased:' || id, check_at = null,
          reason = case when state = 'waiting' then 'contact_erased' else reason end,
          state = case when state = 'waiting' then 'cancelled' else state end where ${theirs}`,
    sql`update runs set status = 'cancelled', end_reason = 'contact_erased', ended_at = ${at}, wake_at = null,
          waiting_for = '{}' where ${theirs} and status = 'active'`,
    sql`update workflow_calls set content = '{}', answer = null, last_error = null, lease_until = null, lease_owner = null,
          ended_at = coalesce(ended_at, ${at}),
          status = case when status in ('pending', 'handed_over') then 'cancelled' else status end
        where org_id = ${orgId} and run_id in (select id from runs where ${theirs})`,
    // Reported by other services, which name the person in any way; the faults stay, counted.
    sql`with told as (
          update failures set message = 'erased', details = '{}' where org_id = ${orgId}
            and exists (select from unnest(${[...ids, ...addresses]}::text[]) as named
              where position(lower(named) in lower(message || details::text)) > 0)
          returning id::text
        )
        update outbox set payload = payload || '{"message": "erased"}'
        where org_id = ${orgId} and type = 'failure.opened' and payload->>'failure_id' in (select id from told)`,
    sql`update outbox set payload = jsonb_build_object('contact_id', payload->'contact_id', 'erased', true)
        where org_id = ${orgId} and (payload->>'contact_id' = any (${ids}::text[]) or ${fromTheirAddress}
          or payload->>'run_id' in (select id::text from runs where ${theirs})
          or payload->>'message_id' in (select id::text from messages where ${theirMessages}))`,
    sql`delete from message_payloads where ${ofTheirMessages}`,
    sql`update attempts set detail = null, checks = null where ${ofTheirMessages}`,
    // A report that is being recorded is waited for; one that comes later finds the message erased (erased-messages.ts).
    sql`select id from messages where ${theirMessages} order by id for update`,
    sql`update provider_reports set payload = '{}' where ${ofTheirMessages}`,
    sql`update decisions set facts = '{}' where (${theirs}) or (${ofTheirMessages})`,
    sql`update review_items set detail = '{}' where org_id = ${orgId}
          and (subject_id in (select id::text from messages where ${theirMessages})
            or subject_id in (select id::text from runs where ${theirs})
            or subject_id in (select id::text from events where ${theirs}))`,
    sql`update messages set status = 'cancelled', reason = 'contact_erased' where (${theirMessages}) and status = 'scheduled'`,
    // Last of the messages: afterwards nothing finds them by their address.
    sql`update messages set address = null, content = null, variables = '{}', target = null, last_error = null,
          updated_at = ${at} where ${theirMessages}`,
    sql`update contact_merges set before = '{}'
        where org_id = ${orgId} and (winner_id = any (${ids}::uuid[]) or loser_id = any (${ids}::uuid[]))`,
    sql`delete from idempotency_keys where org_id = ${orgId}
          and exists (select from unnest(${ids}::text[]) as id where position(id in response::text) > 0)`,
  ];
};
