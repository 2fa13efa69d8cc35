import type { Contact, ContactInput, ContactPatch } from '@halyard/contracts/contacts/contact';
import type { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { Change, ContactStore, WrittenContact } from '@halyard/core/contacts/contacts';
import { preparePatch } from '@halyard/core/contacts/patch-contact';
import { DomainError } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { assertAlive } from './contact-keys.js';
import { readContact } from './contact-rows.js';
import { organizationCountry, upsertContacts } from './contact-writer.js';
import type { Database, Tx } from './database.js';
import { listContacts } from './list-contacts.js';
import { auditContact, patchContact } from './patch-contact.js';

export class PgContactStore implements ContactStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: ContactQuery): Promise<Page<Contact>> {
    return this.database.forOrg(orgId, async (tx) => {
      const country = query.phone === undefined ? null : await organizationCountry(tx, orgId);
      return listContacts(tx, orgId, query, country);
    });
  }

  find(orgId: OrgId, id: ContactId): Promise<Contact | null> {
    return this.database.forOrg(orgId, (tx) => readContact(tx, orgId, id));
  }

  create(orgId: OrgId, input: ContactInput, change: Change): Promise<WrittenContact> {
    return this.database.forOrg(orgId, async (tx) => {
      const written = await this.#write(tx, orgId, input, change);
      // Throwing takes back what the upsert changed.
      if (written.outcome === 'updated' || written.outcome === 'unchanged')
        throw new DomainError(
          'conflict',
          `The contact ${written.contact.id} has this external id or address. Change that one, or use PUT /contacts.`,
          [{ path: 'body', message: written.contact.id }],
        );
      return written;
    });
  }

  upsert(orgId: OrgId, input: ContactInput, change: Change): Promise<WrittenContact> {
    return this.database.forOrg(orgId, (tx) => this.#write(tx, orgId, input, change));
  }

  update(orgId: OrgId, id: ContactId, given: ContactPatch, change: Change): Promise<WrittenContact | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const country = given.country ?? (await organizationCountry(tx, orgId));
      const prepared = preparePatch(given, country);
      if (!prepared.ok) return { outcome: 'refused', issues: prepared.issues };
      return patchContact(tx, orgId, id, prepared.patch, change);
    });
  }

  async #write(tx: Tx, orgId: OrgId, input: ContactInput, { actor, at }: Change): Promise<WrittenContact> {
    const [result] = await upsertContacts(tx, orgId, [input], at);
    if (!result || result.outcome === 'refused') return { outcome: 'refused', issues: result?.issues ?? [] };
    const { outcome, id } = result;
    if (outcome !== 'unchanged')
      await auditContact(tx, orgId, actor, `contact.${outcome}`, id, Object.keys(input));
    return { outcome, contact: await assertAlive(tx, orgId, id) };
  }
}
