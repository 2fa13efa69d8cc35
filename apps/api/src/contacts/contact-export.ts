import type { Contact } from '@halyard/contracts/contacts/contact';
import type { IdentityKind } from '@halyard/contracts/primitives';
import { csvLine } from './csv.js';

const columns = [
  'id',
  'external_id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'locale',
  'time_zone',
  'country',
  'preferred_channel',
  'identities',
  'attributes',
  'created_at',
  'updated_at',
] as const;

/** Contacts as CSV that an import takes back: the first address of mail and phone, all identities and attributes as JSON. */
export async function* contactsAsCsv(contacts: AsyncIterable<Contact>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const contact of contacts) {
    const { identities, attributes, ...rest } = contact;
    const cells = {
      ...rest,
      email: firstOf(contact, 'email'),
      phone: firstOf(contact, 'phone'),
      identities: JSON.stringify(identities.map(({ kind, address }) => ({ kind, address }))),
      attributes: JSON.stringify(attributes),
    };
    yield csvLine(columns.map((name) => cells[name]));
  }
}

/** Contacts as the API shows them, one a line. */
export async function* contactsAsNdjson(contacts: AsyncIterable<Contact>): AsyncGenerator<string> {
  for await (const contact of contacts) yield `${JSON.stringify(contact)}\n`;
}

const firstOf = (contact: Contact, kind: IdentityKind): string | null =>
  contact.identities.find((identity) => identity.kind === kind)?.address ?? null;
