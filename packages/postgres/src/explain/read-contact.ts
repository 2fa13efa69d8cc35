import type { ContactId, OrgId } from '@halyard/core/ids';
import type { ContactReference } from '../contact-references.js';
import { resolveContacts } from '../contact-references.js';
import type { Tx } from '../database.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds whom a person means: by id, email address, phone number or external id; and the zone that they live in. */
export async function readContact(
  tx: Tx,
  orgId: OrgId,
  named: string,
): Promise<{ id: ContactId; timeZone: string } | null> {
  const found = (await resolveContacts(tx, orgId, meanings(named), new Date())).find(
    (referred) => referred.kind === 'found',
  );
  if (!found) return null;
  const row = await tx
    .selectFrom('contacts')
    .leftJoin('organization_settings as settings', 'settings.org_id', 'contacts.org_id')
    .select(['contacts.time_zone', 'settings.time_zone as organization_zone'])
    .where('contacts.org_id', '=', orgId)
    .where('contacts.id', '=', found.id)
    .executeTakeFirst();
  return { id: found.id, timeZone: row?.time_zone ?? row?.organization_zone ?? 'UTC' };
}

/** Whatever the text can mean; none of them makes a contact. */
function meanings(named: string): ContactReference[] {
  const by = (contact: ContactReference['contact']): ContactReference => ({ contact, create: false });
  if (uuid.test(named)) return [{ id: named, create: false }, by({ external_id: named })];
  if (named.includes('@')) return [by({ email: named }), by({ external_id: named })];
  return [by({ external_id: named }), by({ phone: named })];
}
