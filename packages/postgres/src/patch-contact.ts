import type { Actor } from '@halyard/core/actor';
import type { Address } from '@halyard/core/contacts/contact-input';
import type { Change, WrittenContact } from '@halyard/core/contacts/contacts';
import type { PreparedPatch } from '@halyard/core/contacts/patch-contact';
import { planPatch } from '@halyard/core/contacts/patch-contact';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { appendAudit } from './audit.js';
import { tellContactChanges } from './contact-changes.js';
import { assertAlive, findByKeys, lockContacts } from './contact-keys.js';
import { insertIdentities, removeIdentities, updateContacts } from './contact-writer.js';
import type { Tx } from './database.js';

/** Changes one contact, and records and tells that it was. Null when there is none of this id. */
export async function patchContact(
  tx: Tx,
  orgId: OrgId,
  id: ContactId,
  patch: PreparedPatch,
  { actor, at }: Change,
): Promise<WrittenContact | null> {
  // Keys first, contacts after: the order in which every writer locks.
  const externalIds = patch.fields.external_id ? [patch.fields.external_id] : [];
  const known = await findByKeys(tx, orgId, { externalIds, addresses: patch.add });
  const contact = (await lockContacts(tx, orgId, [id])).get(id);
  if (!contact) return null;
  const shown = await assertAlive(tx, orgId, id);
  const plan = planPatch(contact, shown.identities as Address[], patch, known);
  if (!plan.ok) return { outcome: 'refused', issues: plan.issues };
  if (plan.write.changed.size === 0) return { outcome: 'unchanged', contact: shown };
  await updateContacts(tx, orgId, [plan.write]);
  await removeIdentities(tx, orgId, id, plan.removed);
  await insertIdentities(
    tx,
    orgId,
    plan.write.addresses.map((address) => ({ ...address, contact_id: id })),
  );
  await tellContactChanges(tx, orgId, [plan.write], at);
  await auditContact(tx, orgId, actor, 'contact.updated', id, [...plan.write.changed]);
  return { outcome: 'updated', contact: await assertAlive(tx, orgId, id) };
}

/** The audit log cannot be erased, so it names what changed and never the values. */
export const auditContact = (
  tx: Tx,
  orgId: OrgId,
  actor: Actor,
  action: string,
  id: ContactId,
  changed: string[],
) =>
  appendAudit(tx, orgId, {
    actor,
    action,
    target: { type: 'contact', id },
    changes: { changed: changed.sort() },
  });
