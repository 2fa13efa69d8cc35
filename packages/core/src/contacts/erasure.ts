import type { contactRoutes } from '@halyard/contracts/contacts/routes';
import type { OutputOf } from '@halyard/contracts/route';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { notFound } from '../domain-error.js';
import type { ContactId, OrgId } from '../ids.js';
import type { Change } from './contacts.js';

export type ContactExport = Omit<OutputOf<typeof contactRoutes.exportOne>, 'exported_at'>;

/** What erasure needs of the database. Each call is one tenant transaction. */
export interface ErasureStore {
  /** Everything that is stored about a contact; writes who asked for it to the audit log. */
  collect(orgId: OrgId, id: ContactId, change: Change): Promise<ContactExport | null>;
  erase(orgId: OrgId, id: ContactId, options: { suppress: boolean }, change: Change): Promise<void>;
}

/** A person's right to see what is stored about them, and to have it removed (GDPR, articles 15, 17 and 20). */
export class Erasure {
  constructor(
    private readonly store: ErasureStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  async exportContact(orgId: OrgId, id: ContactId, actor: Actor) {
    const at = this.clock.now();
    const collected = await this.store.collect(orgId, id, { actor, at });
    if (!collected) throw notFound('contact');
    return { exported_at: at.toISOString(), ...collected };
  }

  /** Cannot be undone. Opt-outs stay in force as hashes; with `suppress` so do all addresses. */
  async erase(orgId: OrgId, id: ContactId, options: { suppress: boolean }, actor: Actor): Promise<void> {
    await this.store.erase(orgId, id, options, { actor, at: this.clock.now() });
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
  }
}
