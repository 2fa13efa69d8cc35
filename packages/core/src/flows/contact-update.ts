import type { Facts } from './run.js';

const fields = ['first_name', 'last_name', 'locale', 'time_zone', 'country', 'preferred_channel'] as const;
type Field = (typeof fields)[number];

export interface ContactUpdate {
  fields: Partial<Record<Field, unknown>>;
  attributes: Record<string, unknown>;
}

/** What an `update_contact` step sets: fields of the contact by their names, everything else as an attribute. */
export function toContactUpdate(set: Record<string, unknown>): ContactUpdate {
  const update: ContactUpdate = { fields: {}, attributes: {} };
  for (const [name, value] of Object.entries(set)) {
    if ((fields as readonly string[]).includes(name)) update.fields[name as Field] = value;
    else update.attributes[name] = value;
  }
  return update;
}

/** The facts as they will be once the update is written, so that the steps after it see it. */
export function withContactUpdate(facts: Facts, set: Record<string, unknown>): Facts {
  const contact = (facts.contact ?? {}) as Record<string, unknown>;
  const update = toContactUpdate(set);
  const attributes = { ...(contact.attributes as Record<string, unknown>), ...update.attributes };
  return { ...facts, contact: { ...contact, ...update.fields, attributes } };
}
