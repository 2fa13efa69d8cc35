import type { Contact, ContactInput, ContactPatch } from '@halyard/contracts/contacts/contact';
import type { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { Actor } from '@halyard/core/actor';
import type { Address } from '@halyard/core/contacts/contact-input';
import type { Change, ContactStore, WrittenContact } from '@halyard/core/contacts/contacts';
import { planPatch, preparePatch } from '@halyard/core/contacts/patch-contact';
import { DomainError } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { appendAudit } from './audit.js';
import { tellContactChanges } from './contact-changes.js';
import { assertAlive, findByKeys, lockContacts } from './contact-keys.js';
import { readContact } from './contact-rows.js';
import {
  insertIdentities,
  organizationCountry,
  removeIdentities,
  updateContacts,
  upsertContacts,
} from './contact-writer.js';
import type { Database, Tx } from './database.js';
import { listContacts } from './list-contacts.js';

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

  update(
    orgId: OrgId,
    id: ContactId,
    given: ContactPatch,
    { actor, at }: Change,
  ): Promise<WrittenContact | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const country = given.country ?? (await organizationCountry(tx, orgId));
      const prepared = preparePatch(given, country);
      if (!prepared.ok) return { outcome: 'refused', issues: prepared.issues };
      const { patch } = prepared;
      // Keys first, contacts after: the order in which every writer locks.
      const externalIds = given.external_id ? [given.external_id] : [];
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
      await audit(tx, orgId, actor, 'contact.updated', id, [...plan.write.changed]);
      return { outcome: 'updated', contact: await assertAlive(tx, orgId, id) };
    });
  }

  async #write(tx: Tx, orgId: OrgId, input: ContactInput, { actor, at }: Change): Promise<WrittenContact> {
    const [result] = await upsertContacts(tx, orgId, [input], at);
    if (!result || result.outcome === 'refused') return { outcome: 'refused', issues: result?.issues ?? [] };
    const { outcome, id } = result;
    if (outcome !== 'unchanged') await audit(tx, orgId, actor, `contact.${outcome}`, id, Object.keys(input));
    return { outcome, contact: await assertAlive(tx, orgId, id) };
  }
}

/** The audit log cannot be erased, so it names what changed and never the values. */
const audit = (tx: Tx, orgId: OrgId, actor: Actor, action: string, id: ContactId, changed: string[]) =>
  appendAudit(tx, orgId, {
    actor,
    action,
    target: { type: 'contact', id },
    changes: { changed: changed.sort() },
  });
