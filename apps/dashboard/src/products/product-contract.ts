import { Email } from '@halyard/contracts/access/account';
import { TimeZone } from '@halyard/contracts/primitives';
import { z } from 'zod';

const none = z.literal('');

/** What the form of a product holds: '' where nothing is given, times on the clock of its zone. Loaded when it is checked. */
export const ProductForm = z
  .object({
    name: z.string().trim().min(1).max(300),
    kind: z.string().trim().min(1).max(50),
    key: z.string().max(200),
    starts: z.string(),
    ends: z.string(),
    time_zone: z.union([none, TimeZone]),
    place: z.string().max(200),
    address: z.string().max(500),
    url: z.union([none, z.url()]),
    organizer: z.string().max(200),
    organizer_email: z.union([none, Email]),
    organizer_phone: z.string().max(40),
  })
  .refine(({ starts, ends }) => ends === '' || (starts !== '' && starts <= ends), { path: ['ends'] });
export type ProductForm = z.output<typeof ProductForm>;
