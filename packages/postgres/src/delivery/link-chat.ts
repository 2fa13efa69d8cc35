import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { findByKeys, lockContacts } from '../contact-keys.js';
import { livingContact } from '../contact-references.js';
import { readContact } from '../contact-rows.js';
import type { Tx } from '../database.js';
import { patchContact } from '../patch-contact.js';

/**
 * The chat from which a bot was started by a contact's own link becomes theirs. The first one does: a link that was passed
 * on brings nobody else's chat to a contact that has one. A chat that is another contact's stays with that one.
 */
export async function linkChat(
  tx: Tx,
  orgId: OrgId,
  { channel, address, occurredAt }: ProviderReport,
  linked: ContactId,
): Promise<void> {
  const id = await livingContact(tx, orgId, linked);
  if (!id || !address) return;
  const chat = { kind: channel, address };
  await findByKeys(tx, orgId, { externalIds: [], addresses: [chat] });
  await lockContacts(tx, orgId, [id]);
  const contact = await readContact(tx, orgId, id);
  if (!contact || contact.erased_at || contact.identities.some(({ kind }) => kind === channel)) return;
  const change = { actor: { type: 'contact', id } as const, at: occurredAt };
  await patchContact(tx, orgId, id, { fields: {}, add: [chat], remove: [] }, change);
}
