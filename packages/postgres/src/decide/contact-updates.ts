import type { Consequences } from '@halyard/core/decide/decide-store';
import { toContactUpdate } from '@halyard/core/flows/contact-update';
import { sql } from 'kysely';
import { tellContactFacts } from '../contact-changes.js';
import type { Tx } from '../database.js';

const fields = ['first_name', 'last_name', 'locale', 'time_zone', 'country', 'preferred_channel'] as const;

/** Sets what `update_contact` steps set, each contact once, in the order of the steps; null removes an attribute. */
export async function updateContacts(
  tx: Tx,
  updates: Consequences['contactUpdates'],
  now: Date,
): Promise<void> {
  for (const { orgId, contactId, set, trace } of updates) {
    const update = toContactUpdate(set);
    const given = fields.filter((field) => update.fields[field] !== undefined);
    const removed = Object.keys(update.attributes).filter((name) => update.attributes[name] === null);
    await tx
      .updateTable('contacts')
      .set({
        ...Object.fromEntries(given.map((field) => [field, textOf(update.fields[field])])),
        attributes: sql`(attributes || ${JSON.stringify(update.attributes)}::jsonb) - ${removed}::text[]`,
        updated_at: now,
      })
      .where('org_id', '=', orgId)
      .where('id', '=', contactId)
      .execute();
    const changed = [...given, ...Object.keys(update.attributes).map((name) => `attributes.${name}`)].sort();
    const fact = { type: 'contact.updated', contactId, payload: { changed }, ...(trace && { trace }) };
    await tellContactFacts(tx, orgId, [fact], now);
  }
}

const textOf = (value: unknown): string | null => (value === null ? null : String(value));
