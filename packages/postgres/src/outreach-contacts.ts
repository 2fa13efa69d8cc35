import type { OutreachItem } from '@halyard/contracts/outreach/item';
import type { OrgId } from '@halyard/core/ids';
import { contactOf } from '@halyard/core/outreach/new-item';
import type { Referred } from './contact-references.js';
import { resolveContacts } from './contact-references.js';
import type { Tx } from './database.js';

/**
 * The contact that each item is for, by item id. Somebody who is known already stays as they are: another service's
 * spelling of a name does not change them. `nobody`: the target gives nothing to know a person by.
 */
export async function targetContacts(
  tx: Tx,
  orgId: OrgId,
  items: readonly OutreachItem[],
  now: Date,
): Promise<Map<string, Referred>> {
  const described = items.map((item) => ({ item, contact: contactOf(item) ?? undefined }));
  const look = (create: boolean, of: typeof described) =>
    resolveContacts(
      tx,
      orgId,
      of.map(({ contact }) => ({ contact, create })),
      now,
    );
  const known = await look(false, described);
  const strangers = described.filter((_, n) => known[n]?.kind === 'refused');
  const made = await look(true, strangers);
  const contacts = new Map(
    described.map(({ item }, n): [string, Referred] => [item.id, known[n] ?? { kind: 'nobody' }]),
  );
  for (const [n, { item }] of strangers.entries()) {
    const referred = made[n];
    if (referred) contacts.set(item.id, atTarget(referred));
  }
  return contacts;
}

/** The caller wrote a target, not a contact. */
const atTarget = (referred: Referred): Referred =>
  referred.kind === 'refused'
    ? { kind: 'refused', issues: referred.issues.map(({ message }) => ({ path: 'target', message })) }
    : referred;
