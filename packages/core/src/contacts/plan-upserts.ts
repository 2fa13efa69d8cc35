import type { Issue } from '../domain-error.js';
import type { ContactId, Ids } from '../ids.js';
import type { Address, ContactFields, PreparedContact } from './contact-input.js';
import { addressKey, contactFields } from './contact-input.js';

/** A contact as it is stored, reduced to what an upsert compares. */
export interface ContactState {
  id: ContactId;
  fields: ContactFields;
  attributes: Record<string, unknown>;
}

/** What the keys of the rows lead to: merged contacts are followed to the one they became. */
export interface KnownContacts {
  byExternalId: ReadonlyMap<string, ContactState>;
  byAddress: ReadonlyMap<string, ContactState>;
  /** Those of them that have an e-mail address. */
  withEmail: ReadonlySet<ContactId>;
}

/** What became of one row. `refused`: its keys point at different people, or an address is not valid. */
export type UpsertedContact =
  | { outcome: 'created' | 'updated' | 'unchanged'; id: ContactId }
  | { outcome: 'refused'; issues: Issue[] };

/** A contact to be written. `changed` names fields, attributes as attributes.key, and identities. */
export interface ContactWrite extends ContactState {
  isNew: boolean;
  changed: Set<string>;
  addresses: Address[];
}

export interface UpsertPlan {
  writes: ContactWrite[];
  results: UpsertedContact[];
}

/**
 * Decides, row by row, which contact each row means and what it changes. The external id decides first, then the
 * addresses in their order; a row whose keys mean different contacts is refused, as only a person can know whether to
 * merge them. So is a row that shares a number alone with somebody whose e-mail address is another: families and offices
 * share telephones. Later rows see what earlier ones did.
 */
export function planUpserts(rows: readonly PreparedContact[], known: KnownContacts, newId: Ids): UpsertPlan {
  const byExternalId = new Map(known.byExternalId);
  const byAddress = new Map(known.byAddress);
  const withEmail = new Set(known.withEmail);
  const writes = new Map<ContactId, ContactWrite>();

  const results = rows.map((row): UpsertedContact => {
    const match = matchRow(row, byExternalId, byAddress, (state) => writes.get(state.id) ?? state);
    if ('issue' in match) return { outcome: 'refused', issues: [match.issue] };
    const shared = match.byExternalId ? null : sharedNumber(row, match.contact, byAddress, withEmail);
    if (shared) return { outcome: 'refused', issues: [shared] };
    const before = match.contact ?? emptyContact(newId<ContactId>());
    const write = writes.get(before.id) ?? writeOf(before, match.contact === null);
    const changes = apply(row, write, match.byExternalId, byAddress);
    if (row.fields.external_id) byExternalId.set(row.fields.external_id, write);
    for (const address of row.addresses) byAddress.set(addressKey(address), write);
    if (row.addresses.some(isEmail)) withEmail.add(write.id);
    if (match.contact === null) {
      writes.set(write.id, write);
      return { outcome: 'created', id: write.id };
    }
    if (changes === 0) return { outcome: 'unchanged', id: write.id };
    writes.set(write.id, write);
    return { outcome: 'updated', id: write.id };
  });
  return { writes: [...writes.values()], results };
}

type Match = { contact: ContactState | null; byExternalId: boolean } | { issue: Issue };

function matchRow(
  row: PreparedContact,
  byExternalId: ReadonlyMap<string, ContactState>,
  byAddress: ReadonlyMap<string, ContactState>,
  latest: (state: ContactState) => ContactState,
): Match {
  const externalId = row.fields.external_id ?? null;
  const named = externalId === null ? undefined : byExternalId.get(externalId);
  let contact = named ?? null;
  for (const address of row.addresses) {
    const holder = byAddress.get(addressKey(address));
    if (!holder || holder.id === contact?.id) continue;
    if (contact) return { issue: takenBy(address, holder) };
    if (externalId !== null && latest(holder).fields.external_id !== null)
      return { issue: takenBy(address, holder) };
    contact = holder;
  }
  return { contact, byExternalId: named !== undefined };
}

const takenBy = ({ kind, address }: Address, holder: ContactState): Issue => ({
  path: 'identities',
  message: `The ${kind} address ${address} belongs to another contact (${holder.id}). Leave it out, or merge the two.`,
});

const isEmail = ({ kind }: Address): boolean => kind === 'email';
const numbers: ReadonlySet<Address['kind']> = new Set(['phone', 'sms', 'whatsapp']);

/** A number alone does not make two people with different e-mail addresses one. */
function sharedNumber(
  { addresses }: PreparedContact,
  contact: ContactState | null,
  byAddress: ReadonlyMap<string, ContactState>,
  withEmail: ReadonlySet<ContactId>,
): Issue | null {
  if (!contact || !withEmail.has(contact.id) || !addresses.some(isEmail)) return null;
  const theirs = addresses.filter((one) => byAddress.get(addressKey(one))?.id === contact.id);
  const [number] = theirs;
  if (!number || theirs.some(({ kind }) => !numbers.has(kind))) return null;
  return {
    path: 'identities',
    message: `The number ${number.address} belongs to a contact with another e-mail address (${contact.id}). Leave the number out, or give that contact's own e-mail address or external id.`,
  };
}

/** Applies the row to `write`; returns how many things became different. */
function apply(
  row: PreparedContact,
  write: ContactWrite,
  foundByExternalId: boolean,
  byAddress: ReadonlyMap<string, ContactState>,
): number {
  const changed = new Set<string>();
  for (const name of contactFields) {
    const value = row.fields[name];
    // A key is never cleared by leaving it empty; and a contact found by the external id of one that was merged into it
    // keeps its own.
    if (name === 'external_id' && (foundByExternalId || value === null)) continue;
    if (value === undefined || value === write.fields[name]) continue;
    write.fields[name] = value;
    changed.add(name);
  }
  for (const key of mergeAttributes(write.attributes, row.attributes)) changed.add(`attributes.${key}`);
  for (const address of row.addresses) {
    if (byAddress.get(addressKey(address))?.id === write.id) continue;
    write.addresses.push(address);
    changed.add('identities');
  }
  for (const name of changed) write.changed.add(name);
  return changed.size;
}

/** Merges `given` into `attributes`, null deleting a key; returns the keys that became different. */
export function mergeAttributes(
  attributes: Record<string, unknown>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const changed: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    if (value === null) {
      if (!Object.hasOwn(attributes, key)) continue;
      delete attributes[key];
    } else {
      if (Object.hasOwn(attributes, key) && sameJson(attributes[key], value)) continue;
      attributes[key] = value;
    }
    changed.push(key);
  }
  return changed;
}

// PostgreSQL sorts the keys of jsonb, so the order of keys says nothing.
const sameJson = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const writeOf = (state: ContactState, isNew: boolean): ContactWrite => ({
  id: state.id,
  fields: { ...state.fields },
  attributes: { ...state.attributes },
  isNew,
  changed: new Set(),
  addresses: [],
});

const emptyContact = (id: ContactId): ContactState => ({
  id,
  fields: {
    external_id: null,
    first_name: null,
    last_name: null,
    locale: null,
    time_zone: null,
    country: null,
    preferred_channel: null,
  },
  attributes: {},
});
