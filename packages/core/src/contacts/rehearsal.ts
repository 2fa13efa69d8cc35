import type { ContactId } from '../ids.js';
import type { PreparedContact } from './contact-input.js';
import { addressKey } from './contact-input.js';
import type { ContactState, ContactWrite, KnownContacts } from './plan-upserts.js';

/**
 * Contacts as they would be, had the rows before been written: what a dry run knows of its own file. It holds every contact
 * that the file would make or change.
 */
export class Rehearsal {
  readonly #states = new Map<ContactId, ContactState>();
  readonly #byExternalId = new Map<string, ContactId>();
  readonly #byAddress = new Map<string, ContactId>();
  readonly #withEmail = new Set<ContactId>();

  /** What is known of these rows' keys: from the database, and over that from the rows before. */
  over(known: KnownContacts, rows: readonly PreparedContact[]): KnownContacts {
    const byExternalId = this.#latest(known.byExternalId);
    const byAddress = this.#latest(known.byAddress);
    const add = (to: Map<string, ContactState>, key: string, id: ContactId | undefined): void => {
      const state = id && this.#states.get(id);
      if (state) to.set(key, state);
    };
    for (const { fields, addresses } of rows) {
      const { external_id } = fields;
      if (external_id) add(byExternalId, external_id, this.#byExternalId.get(external_id));
      for (const key of addresses.map(addressKey)) add(byAddress, key, this.#byAddress.get(key));
    }
    const met = [...byExternalId.values(), ...byAddress.values()].map(({ id }) => id);
    const withEmail = new Set([...known.withEmail, ...met.filter((id) => this.#withEmail.has(id))]);
    return { byExternalId, byAddress, withEmail };
  }

  remember(writes: readonly ContactWrite[]): void {
    for (const { id, fields, attributes, addresses } of writes) {
      this.#states.set(id, { id, fields, attributes });
      if (fields.external_id) this.#byExternalId.set(fields.external_id, id);
      for (const address of addresses) this.#byAddress.set(addressKey(address), id);
      if (addresses.some(({ kind }) => kind === 'email')) this.#withEmail.add(id);
    }
  }

  #latest(found: ReadonlyMap<string, ContactState>): Map<string, ContactState> {
    return new Map([...found].map(([key, state]) => [key, this.#states.get(state.id) ?? state]));
  }
}
