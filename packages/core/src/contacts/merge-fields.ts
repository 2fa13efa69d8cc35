import type { ContactFields } from './contact-input.js';
import { contactFields } from './contact-input.js';
import type { ContactState } from './plan-upserts.js';

/** What a contact says of itself: all of it that a merge changes. */
export type ContactData = Pick<ContactState, 'fields' | 'attributes'>;

/**
 * The winner after a merge: what it has wins, gaps are filled from the loser. The loser keeps its external id, which
 * leads to the winner from then on.
 */
export function mergeFields(winner: ContactData, loser: ContactData): ContactData {
  const fields: ContactFields = { ...winner.fields };
  for (const name of contactFields) if (name !== 'external_id') fields[name] ??= loser.fields[name];
  return { fields, attributes: { ...loser.attributes, ...winner.attributes } };
}

/**
 * The winner after the merge was taken back: as it was `before`, but what was changed since the merge (where `now`
 * differs from `after`) stays changed.
 */
export function unmergeFields(before: ContactData, after: ContactData, now: ContactData): ContactData {
  const fields = { ...now.fields };
  for (const name of contactFields)
    if (now.fields[name] === after.fields[name]) fields[name] = before.fields[name];
  const attributes: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before.attributes), ...Object.keys(now.attributes)])) {
    const untouched = JSON.stringify(now.attributes[key]) === JSON.stringify(after.attributes[key]);
    const from = untouched ? before.attributes : now.attributes;
    if (Object.hasOwn(from, key)) attributes[key] = from[key];
  }
  return { fields, attributes };
}
