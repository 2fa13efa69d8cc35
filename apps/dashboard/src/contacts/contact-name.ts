import type { Contact } from '../data/contacts';

type Named = Pick<Contact, 'first_name' | 'last_name' | 'external_id' | 'identities'>;

/** The name of a contact, else the first thing that tells it from others; null where there is none. */
export function nameOf({ first_name, last_name, external_id, identities }: Named): string | null {
  const name = [first_name, last_name].filter(Boolean).join(' ');
  return name || (identities[0]?.address ?? external_id);
}

/** The oldest address of a kind. */
export const addressOf = ({ identities }: Pick<Contact, 'identities'>, kind: string): string | null =>
  identities.find((identity) => identity.kind === kind)?.address ?? null;
