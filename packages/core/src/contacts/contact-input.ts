import type { ContactInput } from '@halyard/contracts/contacts/contact';
import type { IdentityKind } from '@halyard/contracts/primitives';
import type { Issue } from '../domain-error.js';
import { normalizeAddress } from './address.js';

/** An address in its normalized form. */
export interface Address {
  kind: IdentityKind;
  address: string;
}

export const contactFields = [
  'external_id',
  'first_name',
  'last_name',
  'locale',
  'time_zone',
  'country',
  'preferred_channel',
] as const;
export type ContactField = (typeof contactFields)[number];
export type ContactFields = Record<ContactField, string | null>;

/** A contact input with its addresses normalized and its short forms resolved. */
export interface PreparedContact {
  fields: Partial<ContactFields>;
  attributes: Record<string, unknown>;
  addresses: Address[];
}

/** Normalizes an input. National phone numbers are read in the contact's own country, else in `country`. */
export function prepareContact(
  input: ContactInput,
  country: string | null,
): { ok: true; contact: PreparedContact } | { ok: false; issues: Issue[] } {
  const given = [...(input.identities ?? []).map((one, n) => ({ ...one, path: `identities.${n}.address` }))];
  if (input.email !== undefined) given.push({ kind: 'email', address: input.email, path: 'email' });
  if (input.phone !== undefined) given.push({ kind: 'phone', address: input.phone, path: 'phone' });
  const { addresses, issues } = normalizeAll(given, input.country ?? country);
  if (issues.length) return { ok: false, issues };
  const fields: Partial<ContactFields> = {};
  for (const name of contactFields) {
    const value = input[name];
    if (value !== undefined) fields[name] = value;
  }
  return { ok: true, contact: { fields, attributes: input.attributes ?? {}, addresses } };
}

/** Normalizes addresses, each once; an issue names the `path` that it came with. */
export function normalizeAll(
  given: readonly (Address & { path: string })[],
  country: string | null,
): { addresses: Address[]; issues: Issue[] } {
  const addresses = new Map<string, Address>();
  const issues: Issue[] = [];
  for (const { kind, address, path } of given) {
    const normalized = normalizeAddress(kind, address, country);
    if (normalized.ok)
      addresses.set(addressKey({ kind, address: normalized.address }), { kind, address: normalized.address });
    else issues.push({ path, message: normalized.reason });
  }
  return { addresses: [...addresses.values()], issues };
}

/** One string for one address, to look it up in a map. */
export const addressKey = ({ kind, address }: Address): string => `${kind}:${address}`;
