import { z } from 'zod';
import { Attributes, Channel, IdentityKind, Instant, Locale, TimeZone } from '../primitives.js';

export const Country = z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code, such as DE.');

/** An address to be given to a contact. Mail addresses become lower-case; phone, sms and whatsapp numbers E.164. */
export const IdentityInput = z
  .strictObject({ kind: IdentityKind, address: z.string().trim().min(1).max(320) })
  .meta({ id: 'IdentityInput' });
export type IdentityInput = z.output<typeof IdentityInput>;

const fields = {
  first_name: z.string().max(200).nullable().optional(),
  last_name: z.string().max(200).nullable().optional(),
  locale: Locale.nullable().optional(),
  time_zone: TimeZone.nullable().optional(),
  country: Country.nullable().optional(),
  preferred_channel: Channel.nullable().optional(),
  /** Merged key by key; null deletes a key. */
  attributes: Attributes.optional(),
};

/**
 * A contact as others describe it. What is left out stays as it is, null clears it. `email` and `phone` are short for
 * the identities of these kinds. National phone numbers are read in the contact's country, else the organization's.
 */
export const ContactInput = z
  .strictObject({
    external_id: z.string().min(1).max(200).nullable().optional(),
    email: z.string().trim().min(1).max(320).optional(),
    phone: z.string().trim().min(1).max(40).optional(),
    identities: z.array(IdentityInput).max(20).optional(),
    ...fields,
  })
  .meta({ id: 'ContactInput' });
export type ContactInput = z.output<typeof ContactInput>;

/** A change: identities are added and removed one by one. */
export const ContactPatch = z
  .strictObject({
    external_id: z.string().min(1).max(200).nullable().optional(),
    ...fields,
    add_identities: z.array(IdentityInput).max(20).optional(),
    remove_identities: z.array(IdentityInput).max(20).optional(),
  })
  .meta({ id: 'ContactPatch' });
export type ContactPatch = z.output<typeof ContactPatch>;

export const Identity = z
  .object({
    id: z.uuid(),
    kind: IdentityKind,
    address: z.string(),
    verified_at: Instant.nullable(),
    created_at: Instant,
  })
  .meta({ id: 'Identity' });
export type Identity = z.output<typeof Identity>;

export const Contact = z
  .object({
    id: z.uuid(),
    external_id: z.string().nullable(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    locale: z.string().nullable(),
    time_zone: z.string().nullable(),
    country: z.string().nullable(),
    preferred_channel: Channel.nullable(),
    attributes: Attributes,
    identities: z.array(Identity),
    /** The contact that this one was merged into; null for all others. */
    merged_into: z.uuid().nullable(),
    erased_at: Instant.nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Contact' });
export type Contact = z.output<typeof Contact>;
