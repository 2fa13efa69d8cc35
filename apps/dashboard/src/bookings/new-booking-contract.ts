import { Email } from '@halyard/contracts/access/account';
import { TimeZone } from '@halyard/contracts/primitives';
import { z } from 'zod';

const local = z.string().min(1);

/** What the form of a new booking holds: times on the clock of its zone. Loaded when it is checked. */
export const NewBookingForm = z
  .object({
    known: z.boolean(),
    contact_id: z.string(),
    first_name: z.string().max(200),
    last_name: z.string().max(200),
    email: z.union([z.literal(''), Email]),
    phone: z.string().max(40),
    product_id: z.string(),
    starts: local,
    ends: local,
    time_zone: TimeZone,
    external_id: z.string().max(200),
  })
  .refine(({ known, contact_id }) => !known || contact_id !== '', { path: ['contact_id'] })
  .refine(({ known, email, phone }) => known || email !== '' || phone !== '', { path: ['email'] })
  .refine(({ starts, ends }) => starts <= ends, { path: ['ends'], params: { before: true } });
export type NewBookingForm = z.output<typeof NewBookingForm>;
