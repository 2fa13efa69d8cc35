import { z } from 'zod';
import { Attributes, IdParams, Instant, PageQuery, pageOf, TimeZone } from '../primitives.js';
import { noContent, route } from '../route.js';

const Place = z
  .strictObject({
    name: z.string().max(200).optional(),
    address: z.string().max(500).optional(),
    url: z.url().optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
  })
  .meta({ id: 'Place' });

const Organizer = z
  .strictObject({
    name: z.string().max(200).optional(),
    email: z.email().optional(),
    phone: z.string().max(40).optional(),
  })
  .meta({ id: 'Organizer' });

const writable = {
  key: z.string().min(1).max(200).nullable().optional(),
  name: z.string().min(1).max(300),
  kind: z.string().min(1).max(50).default('event'),
  starts_at: Instant.nullable().optional(),
  ends_at: Instant.nullable().optional(),
  time_zone: TimeZone.nullable().optional(),
  location: Place.default({}),
  organizer: Organizer.default({}),
  attributes: Attributes.default({}),
};

export const ProductInput = z.strictObject(writable).meta({ id: 'ProductInput' });
export type ProductInput = z.output<typeof ProductInput>;

export const ProductPatch = z
  .strictObject({
    ...writable,
    name: writable.name.optional(),
    kind: z.string().min(1).max(50).optional(),
    location: Place.optional(),
    organizer: Organizer.optional(),
    attributes: Attributes.optional(),
  })
  .meta({ id: 'ProductPatch' });
export type ProductPatch = z.output<typeof ProductPatch>;

export const Product = z
  .object({
    id: z.uuid(),
    key: z.string().nullable(),
    name: z.string(),
    kind: z.string(),
    starts_at: Instant.nullable(),
    ends_at: Instant.nullable(),
    time_zone: z.string().nullable(),
    location: Place,
    organizer: Organizer,
    attributes: Attributes,
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Product' });
export type Product = z.output<typeof Product>;

const tag = 'Products';

export const productRoutes = {
  list: route({
    id: 'listProducts',
    method: 'GET',
    path: '/products',
    tag,
    summary: 'List products and events',
    access: { role: 'viewer', scope: 'bookings:read' },
    query: PageQuery,
    response: pageOf(Product),
  }),
  create: route({
    id: 'createProduct',
    method: 'POST',
    path: '/products',
    tag,
    summary: 'Create a product or event',
    access: { role: 'editor', scope: 'bookings:write' },
    body: ProductInput,
    response: Product,
    status: 201,
    errors: ['conflict'],
    idempotent: true,
  }),
  read: route({
    id: 'readProduct',
    method: 'GET',
    path: '/products/:id',
    tag,
    summary: 'Read a product',
    access: { role: 'viewer', scope: 'bookings:read' },
    params: IdParams,
    response: Product,
  }),
  update: route({
    id: 'updateProduct',
    method: 'PATCH',
    path: '/products/:id',
    tag,
    summary: 'Change a product',
    access: { role: 'editor', scope: 'bookings:write' },
    params: IdParams,
    body: ProductPatch,
    response: Product,
    errors: ['conflict'],
  }),
  remove: route({
    id: 'removeProduct',
    method: 'DELETE',
    path: '/products/:id',
    tag,
    summary: 'Remove a product that no booking names',
    access: { role: 'editor', scope: 'bookings:write' },
    params: IdParams,
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
};
