import type { ContactInput } from '@halyard/contracts/contacts/contact';
import { addressKey, prepareContact } from '@halyard/core/contacts/contact-input';
import type { Issue } from '@halyard/core/domain-error';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { holderOf, winnerOf } from './contact-keys.js';
import { organizationCountry, upsertContacts } from './contact-writer.js';
import type { Tx } from './database.js';

/** How a payload names a contact: by id, or by what identifies it, which is made when `create` says so. */
export interface ContactReference {
  id?: string;
  contact?: ContactInput;
  create: boolean;
}

export type Referred =
  | { kind: 'found'; id: ContactId }
  | { kind: 'refused'; issues: Issue[] }
  | { kind: 'nobody' };

const nobody: Referred = { kind: 'nobody' };
const unknown = (path: string, message: string): Referred => ({
  kind: 'refused',
  issues: [{ path, message }],
});

/**
 * Finds whom references mean, in the order given, and makes those contacts that may be made: three statements for any
 * number of them, two of them only when needed. A contact that was merged away means the one it was merged into.
 */
export async function resolveContacts(
  tx: Tx,
  orgId: OrgId,
  references: readonly ContactReference[],
  now: Date,
): Promise<Referred[]> {
  const made = references.filter((one) => one.contact && one.create);
  const upserted = await upsertContacts(
    tx,
    orgId,
    made.flatMap((one) => one.contact ?? []),
    now,
  );
  // After the making, so that an event of a batch finds whom an earlier one of the batch has made.
  const byId = await findIds(tx, orgId, references);
  const byInput = await findInputs(tx, orgId, references);
  const results = upserted.values();
  return references.map((reference) => {
    if (reference.contact && reference.create) {
      const result = results.next().value;
      if (!result) return nobody;
      if (result.outcome === 'refused') return { kind: 'refused', issues: under('contact', result.issues) };
      return { kind: 'found', id: result.id };
    }
    if (reference.contact) return byInput.get(reference.contact) ?? nobody;
    if (reference.id === undefined) return nobody;
    const id = byId.get(reference.id);
    return id
      ? { kind: 'found', id }
      : unknown('contact_id', 'There is no such contact in this organization.');
  });
}

/** The one contact that a reference must mean. Throws `not_found` or `invalid_request`. */
export async function resolveContact(
  tx: Tx,
  orgId: OrgId,
  reference: ContactReference,
  now: Date,
): Promise<ContactId> {
  const [referred] = await resolveContacts(tx, orgId, [reference], now);
  if (referred?.kind === 'found') return referred.id;
  const issues = referred?.kind === 'refused' ? under('body', referred.issues) : [];
  if (reference.id !== undefined) throw notFound('contact');
  throw new DomainError('invalid_request', issues[0]?.message ?? 'Say whom this is about.', issues);
}

const under = (parent: string, issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, path: `${parent}.${issue.path}` }));

/** The contact of this id, or the one that it was merged into. */
export const livingContact = async (tx: Tx, orgId: OrgId, id: ContactId): Promise<ContactId | null> =>
  (await findIds(tx, orgId, [{ id, create: false }])).get(id) ?? null;

async function findIds(
  tx: Tx,
  orgId: OrgId,
  references: readonly ContactReference[],
): Promise<Map<string, ContactId>> {
  const ids = [...new Set(references.flatMap((one) => one.id ?? []))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ asked: string; id: ContactId }>`
    with recursive named as (
      select id as asked, id, merged_into from contacts where org_id = ${orgId} and id = any (${ids}::uuid[])
      union all
      select named.asked, winner.id, winner.merged_into from named
      cross join lateral (${winnerOf(orgId)}) winner
      where named.merged_into is not null
    )
    select asked, id from named where merged_into is null`.execute(tx);
  return new Map(rows.map((row) => [row.asked, row.id]));
}

/** Looks contacts up by their external id, else by the first address that somebody has. */
async function findInputs(
  tx: Tx,
  orgId: OrgId,
  references: readonly ContactReference[],
): Promise<Map<ContactInput, Referred>> {
  const inputs = references.flatMap((one) => (one.contact && !one.create ? one.contact : []));
  if (inputs.length === 0) return new Map();
  const country = inputs.some((one) => one.phone ?? one.identities)
    ? await organizationCountry(tx, orgId)
    : null;
  const prepared = inputs.map((input) => ({ input, ...prepareContact(input, country) }));
  const keys = prepared.flatMap((one) => (one.ok ? keysOf(one.contact) : []));
  const { rows } = await sql<{ key: string; id: ContactId }>`
    with recursive named as (
      select external_id as key, id, merged_into from contacts
      where org_id = ${orgId} and external_id = any (${keys.flatMap((key) => key.externalId ?? [])}::text[])
      union all
      select named.key, winner.id, winner.merged_into from named
      cross join lateral (${winnerOf(orgId)}) winner
      where named.merged_into is not null
    )
    select 'external_id:' || key as key, id from named where merged_into is null
    union all
    select identities.kind || ':' || identities.address, identities.contact_id
    from unnest(${keys.flatMap((key) => key.kind ?? [])}::text[], ${keys.flatMap((key) => key.address ?? [])}::text[]) as given (kind, address)
    cross join lateral (${holderOf(orgId)}) identities`.execute(tx);
  const found = new Map(rows.map((row) => [row.key, row.id]));
  return new Map(
    prepared.map((one): [ContactInput, Referred] => {
      if (!one.ok) return [one.input, { kind: 'refused', issues: under('contact', one.issues) }];
      const id = keysOf(one.contact).flatMap((key) => found.get(key.name) ?? [])[0];
      const absent = unknown(
        'contact',
        'No contact has this external id or address. Set create_contact to make one.',
      );
      return [one.input, id ? { kind: 'found', id } : absent];
    }),
  );
}

interface Key {
  name: string;
  externalId?: string;
  kind?: string;
  address?: string;
}

const keysOf = (contact: Extract<ReturnType<typeof prepareContact>, { ok: true }>['contact']): Key[] => [
  ...(contact.fields.external_id
    ? [{ name: `external_id:${contact.fields.external_id}`, externalId: contact.fields.external_id }]
    : []),
  ...contact.addresses.map((one) => ({ name: addressKey(one), kind: one.kind, address: one.address })),
];
