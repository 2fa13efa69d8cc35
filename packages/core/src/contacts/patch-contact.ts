import type { ContactPatch } from '@halyard/contracts/contacts/contact';
import type { Issue } from '../domain-error.js';
import type { Address } from './contact-input.js';
import { addressKey, contactFields, normalizeAll } from './contact-input.js';
import type { ContactState, ContactWrite, KnownContacts } from './plan-upserts.js';
import { mergeAttributes } from './plan-upserts.js';

/** A patch with its addresses normalized. */
export interface PreparedPatch {
  fields: ContactPatch;
  add: Address[];
  remove: Address[];
}

/** Normalizes the addresses of a patch; national numbers are read in `country`. */
export function preparePatch(
  patch: ContactPatch,
  country: string | null,
): { ok: true; patch: PreparedPatch } | { ok: false; issues: Issue[] } {
  const numbered = (name: 'add_identities' | 'remove_identities') =>
    (patch[name] ?? []).map((one, n) => ({ ...one, path: `${name}.${n}.address` }));
  const add = normalizeAll(numbered('add_identities'), country);
  const remove = normalizeAll(numbered('remove_identities'), country);
  const issues = [...add.issues, ...remove.issues];
  if (issues.length) return { ok: false, issues };
  return { ok: true, patch: { fields: patch, add: add.addresses, remove: remove.addresses } };
}

export type PatchPlan =
  | { ok: true; write: ContactWrite; removed: Address[] }
  | { ok: false; issues: Issue[] };

/** Decides what a patch changes: keys that another contact has are refused. */
export function planPatch(
  contact: ContactState,
  own: readonly Address[],
  { fields, add, remove }: PreparedPatch,
  known: KnownContacts,
): PatchPlan {
  const externalId = fields.external_id;
  const named = externalId ? known.byExternalId.get(externalId) : undefined;
  const issues: Issue[] = [];
  if (named && named.id !== contact.id)
    issues.push({ path: 'identities', message: `Another contact (${named.id}) has this external_id.` });
  for (const address of add) {
    const holder = known.byAddress.get(addressKey(address));
    if (holder && holder.id !== contact.id)
      issues.push({
        path: 'identities',
        message: `The ${address.kind} address ${address.address} belongs to another contact (${holder.id}). Merge the two, or remove it there first.`,
      });
  }
  if (issues.length) return { ok: false, issues };

  const held = new Set(own.map(addressKey));
  const write: ContactWrite = {
    id: contact.id,
    fields: { ...contact.fields },
    attributes: { ...contact.attributes },
    isNew: false,
    changed: new Set(),
    addresses: add.filter((address) => !held.has(addressKey(address))),
  };
  const removed = remove.filter((address) => held.has(addressKey(address)));
  for (const name of contactFields) {
    const value = fields[name];
    if (value === undefined || value === write.fields[name]) continue;
    write.fields[name] = value;
    write.changed.add(name);
  }
  for (const key of mergeAttributes(write.attributes, fields.attributes ?? {}))
    write.changed.add(`attributes.${key}`);
  if (write.addresses.length + removed.length) write.changed.add('identities');
  return { ok: true, write, removed };
}
