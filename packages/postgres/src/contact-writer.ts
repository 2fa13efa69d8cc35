import type { ContactInput } from '@halyard/contracts/contacts/contact';
import type { Address, PreparedContact } from '@halyard/core/contacts/contact-input';
import { prepareContact } from '@halyard/core/contacts/contact-input';
import type { ContactWrite, UpsertedContact, UpsertPlan } from '@halyard/core/contacts/plan-upserts';
import { planUpserts } from '@halyard/core/contacts/plan-upserts';
import type { Rehearsal } from '@halyard/core/contacts/rehearsal';
import type { Issue } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { sql } from 'kysely';
import { tellContactChanges } from './contact-changes.js';
import { findByKeys } from './contact-keys.js';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';

/**
 * Creates or updates contacts by their external id or any of their addresses, in the caller's transaction; answers in
 * the order given. Set-based: a few statements however many rows there are. Every change is recorded as an event and
 * told outside; afterwards the caller pokes `events` and `outbox`. A refused row writes nothing.
 * @param at when this happened, for the events.
 */
export async function upsertContacts(
  tx: Tx,
  orgId: OrgId,
  inputs: readonly ContactInput[],
  at: Date,
): Promise<UpsertedContact[]> {
  const { plan, results } = await planContacts(tx, orgId, inputs, null);
  await write(tx, orgId, plan.writes);
  await tellContactChanges(tx, orgId, plan.writes, at);
  return results;
}

/** What an upsert would do after those that the rehearsal knows of; nothing is written. */
export async function rehearseContacts(
  tx: Tx,
  orgId: OrgId,
  inputs: readonly ContactInput[],
  rehearsal: Rehearsal,
): Promise<UpsertedContact[]> {
  const { plan, results } = await planContacts(tx, orgId, inputs, rehearsal);
  rehearsal.remember(plan.writes);
  return results;
}

async function planContacts(
  tx: Tx,
  orgId: OrgId,
  inputs: readonly ContactInput[],
  rehearsal: Rehearsal | null,
): Promise<{ plan: UpsertPlan; results: UpsertedContact[] }> {
  const country = await countryOf(tx, orgId, inputs);
  const refusals: (UpsertedContact | null)[] = [];
  const rows: PreparedContact[] = [];
  for (const input of inputs) {
    const prepared = prepareContact(input, country);
    if (prepared.ok) rows.push(prepared.contact);
    refusals.push(prepared.ok ? null : { outcome: 'refused', issues: prepared.issues });
  }
  const found = await findByKeys(tx, orgId, keysOf(rows));
  const plan = planUpserts(rows, rehearsal?.over(found, rows) ?? found, randomIds);
  const planned = plan.results.values();
  return { plan, results: refusals.map((refused) => refused ?? planned.next().value ?? refusedAs([])) };
}

const refusedAs = (issues: Issue[]): UpsertedContact => ({ outcome: 'refused', issues });

const keysOf = (rows: readonly PreparedContact[]) => ({
  externalIds: rows.flatMap((row) => row.fields.external_id ?? []),
  addresses: rows.flatMap((row) => row.addresses),
});

/** The country in which the organization's national phone numbers are read; asked for only when a number comes. */
async function countryOf(tx: Tx, orgId: OrgId, inputs: readonly ContactInput[]): Promise<string | null> {
  if (!inputs.some((input) => input.phone !== undefined || input.identities?.length)) return null;
  return organizationCountry(tx, orgId);
}

/** The country in which an organization's national phone numbers are read. */
export async function organizationCountry(tx: Tx, orgId: OrgId): Promise<string | null> {
  const settings = await tx
    .selectFrom('organization_settings')
    .select('country')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return settings?.country ?? null;
}

async function write(tx: Tx, orgId: OrgId, writes: readonly ContactWrite[]): Promise<void> {
  await insertContacts(
    tx,
    orgId,
    writes.filter((one) => one.isNew),
  );
  await updateContacts(
    tx,
    orgId,
    writes.filter((one) => !one.isNew && [...one.changed].some((name) => name !== 'identities')),
  );
  await insertIdentities(
    tx,
    orgId,
    writes.flatMap((one) => one.addresses.map((address) => ({ ...address, contact_id: one.id }))),
  );
}

const given = (writes: readonly ContactWrite[]) => sql`
  jsonb_to_recordset(${JSON.stringify(writes.map((one) => ({ id: one.id, ...one.fields, attributes: one.attributes })))}::jsonb)
    as given (id uuid, external_id text, first_name text, last_name text, locale text, time_zone text, country text,
      preferred_channel text, attributes jsonb)`;

async function insertContacts(tx: Tx, orgId: OrgId, writes: readonly ContactWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql`${ahead}${planned}
    insert into contacts (org_id, id, external_id, first_name, last_name, locale, time_zone, country,
      preferred_channel, attributes)
    select ${orgId}, id, external_id, first_name, last_name, locale, time_zone, country, preferred_channel, attributes
    from ${given(writes)}`.execute(tx);
}

/** Writes fields and attributes of contacts that were locked before. */
export async function updateContacts(tx: Tx, orgId: OrgId, writes: readonly ContactWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql`${ahead}${planned}
    update contacts set external_id = given.external_id, first_name = given.first_name,
      last_name = given.last_name, locale = given.locale, time_zone = given.time_zone, country = given.country,
      preferred_channel = given.preferred_channel, attributes = given.attributes, updated_at = now()
    from ${given(writes)}
    -- The ids once more as a list: by it they are looked up, else all contacts are read to be joined.
    where contacts.org_id = ${orgId} and contacts.id = any (${writes.map((one) => one.id)}::uuid[])
      and contacts.id = given.id`.execute(tx);
}

/** Gives addresses to contacts. They must be free: find and lock them first. */
export async function insertIdentities(
  tx: Tx,
  orgId: OrgId,
  identities: readonly (Address & { contact_id: string })[],
): Promise<void> {
  if (identities.length === 0) return;
  const rows = identities.map((identity) => ({ ...identity, id: randomIds() }));
  await sql`${ahead}${planned}
    insert into identities (org_id, id, contact_id, kind, address)
    select ${orgId}, id, contact_id, kind, address
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, contact_id uuid, kind text, address text)`.execute(
    tx,
  );
}

/** Takes addresses away from a contact. */
export async function removeIdentities(
  tx: Tx,
  orgId: OrgId,
  contactId: ContactId,
  addresses: readonly Address[],
): Promise<void> {
  for (const { kind, address } of addresses)
    await tx
      .deleteFrom('identities')
      .where('org_id', '=', orgId)
      .where('contact_id', '=', contactId)
      .where('kind', '=', kind)
      .where('address', '=', address)
      .execute();
}
