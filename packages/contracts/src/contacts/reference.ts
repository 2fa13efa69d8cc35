import { z } from 'zod';
import { ContactInput } from './contact.js';

/** A contact as lists of other things name it. `address`: the oldest one they have. */
export const NamedContact = z
  .object({ id: z.uuid(), name: z.string().nullable(), address: z.string().nullable() })
  .meta({ id: 'NamedContact' });
export type NamedContact = z.output<typeof NamedContact>;

/** Names a contact in a payload: by its id, or by what identifies it (external_id, email, phone, identities). */
export const contactReference = {
  contact_id: z.uuid().optional(),
  contact: ContactInput.optional(),
};

interface Reference {
  contact_id?: string | undefined;
  contact?: ContactInput | undefined;
}

export const namesOneContact = (given: Reference): boolean =>
  (given.contact_id === undefined) !== (given.contact === undefined);

export const namesAtMostOneContact = (given: Reference): boolean =>
  given.contact_id === undefined || given.contact === undefined;
