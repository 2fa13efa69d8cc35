import { z } from 'zod';
import { Channel, IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { Consent, ConsentInput, CurrentConsent } from './consents.js';
import { Contact, ContactInput, ContactPatch, Country } from './contact.js';

const ContactFilter = {
  /** Begins a first or last name, both together, or an address. */
  search: z.string().trim().min(1).max(200).optional(),
  external_id: z.string().min(1).max(200).optional(),
  email: z.string().min(1).max(320).optional(),
  phone: z.string().min(1).max(40).optional(),
  country: Country.optional(),
  locale: z.string().max(35).optional(),
  preferred_channel: Channel.optional(),
  created_from: Instant.optional(),
  created_to: Instant.optional(),
};

export const ContactQuery = PageQuery.extend({
  ...ContactFilter,
  order: z
    .enum(['newest', 'oldest', 'name', 'name_desc'])
    .optional()
    .describe(
      'By the day that they were added, newest first, or by last name. What a search finds comes newest first.',
    ),
});
export type ContactQuery = z.output<typeof ContactQuery>;

const UpsertAnswer = z
  .object({ outcome: z.enum(['created', 'updated', 'unchanged']), contact: Contact })
  .meta({ id: 'UpsertedContact' });

export const Merge = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid(),
    merged_id: z.uuid(),
    merged_at: Instant,
    undone_at: Instant.nullable(),
  })
  .meta({ id: 'Merge' });
export type Merge = z.output<typeof Merge>;

const tag = 'Contacts';
const read = { role: 'viewer', scope: 'contacts:read' } as const;
const write = { role: 'editor', scope: 'contacts:write' } as const;

export const contactRoutes = {
  list: route({
    id: 'listContacts',
    method: 'GET',
    path: '/contacts',
    tag,
    summary: 'List and search contacts',
    description:
      'Newest first, or as `order` says. `external_id`, `email` and `phone` find the one contact that has them. Contacts that were merged into another or erased are left out.',
    access: read,
    query: ContactQuery,
    response: pageOf(Contact),
  }),
  create: route({
    id: 'createContact',
    method: 'POST',
    path: '/contacts',
    tag,
    summary: 'Create a contact',
    description:
      'Answers 409 and names the contact when one has this external id or one of the addresses. PUT /contacts updates it instead.',
    access: write,
    body: ContactInput,
    response: Contact,
    status: 201,
    errors: ['conflict'],
    idempotent: true,
    queues: true,
  }),
  upsert: route({
    id: 'upsertContact',
    method: 'PUT',
    path: '/contacts',
    tag,
    summary: 'Create a contact, or update the one with this external id or address',
    description:
      'The external id decides first, then the addresses in their order. What is left out stays as it is, addresses are added, attributes are merged. When the keys belong to different contacts nothing is changed and the answer is 409: merge the two, or leave the address out.',
    access: write,
    body: ContactInput,
    response: UpsertAnswer,
    errors: ['conflict'],
    idempotent: true,
    queues: true,
  }),
  read: route({
    id: 'readContact',
    method: 'GET',
    path: '/contacts/:id',
    tag,
    summary: 'Read a contact',
    access: read,
    params: IdParams,
    response: Contact,
  }),
  update: route({
    id: 'updateContact',
    method: 'PATCH',
    path: '/contacts/:id',
    tag,
    summary: 'Change a contact, add and remove addresses',
    access: write,
    params: IdParams,
    body: ContactPatch,
    response: Contact,
    errors: ['conflict', 'invalid_state'],
  }),
  telegramStart: route({
    id: 'getTelegramStart',
    method: 'GET',
    path: '/contacts/:id/telegram-start',
    tag,
    summary: 'The start parameter that links a Telegram chat to a contact',
    description:
      'Show the contact the link `https://t.me/<your bot>?start=<start>`: the first private chat that begins with it becomes their address on the channel `telegram`. The bot’s connection must take replies (`receive`). In templates it is `{{ telegramStart }}`. Whoever has the link can use it, so show it to nobody else.',
    access: write,
    params: IdParams,
    response: z.object({ start: z.string() }),
  }),
  erase: route({
    id: 'eraseContact',
    method: 'DELETE',
    path: '/contacts/:id',
    tag,
    summary: 'Erase a contact',
    description:
      'Removes every personal datum of the contact, also from events, messages and webhooks, cancels what was planned, and cannot be undone. Opt-outs stay in force: of those addresses a hash is kept. With `suppress` all their addresses are kept as hashes, so that nothing is sent to them even if they are imported again.',
    access: { role: 'admin', scope: 'contacts:write' },
    params: IdParams,
    query: z.object({ suppress: z.stringbool().default(false) }),
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
  exportOne: route({
    id: 'exportContact',
    method: 'GET',
    path: '/contacts/:id/export',
    tag,
    summary: 'Everything that is stored about a contact',
    access: { role: 'editor', scope: 'contacts:read' },
    params: IdParams,
    response: z.object({
      exported_at: Instant,
      contact: Contact,
      merged_contacts: z.array(Contact),
      consents: z.array(Consent),
      events: z.array(z.record(z.string(), z.json())),
      bookings: z.array(z.record(z.string(), z.json())),
      enrollments: z.array(z.record(z.string(), z.json())),
      messages: z.array(z.record(z.string(), z.json())),
      outreach_items: z.array(z.record(z.string(), z.json())),
      runs: z.array(z.record(z.string(), z.json())),
      workflow_calls: z.array(z.record(z.string(), z.json())),
      decisions: z.array(z.record(z.string(), z.json())),
    }),
  }),
  exportCsv: route({
    id: 'exportContactsCsv',
    method: 'GET',
    path: '/contacts/export.csv',
    tag,
    summary: 'Export contacts as CSV',
    description: 'Cells that a spreadsheet would take for a formula begin with an apostrophe.',
    access: { role: 'editor', scope: 'contacts:read' },
    query: z.object(ContactFilter),
    response: z.unknown(),
    responseType: 'text/csv',
  }),
  exportNdjson: route({
    id: 'exportContactsNdjson',
    method: 'GET',
    path: '/contacts/export.ndjson',
    tag,
    summary: 'Export contacts, one JSON object a line',
    access: { role: 'editor', scope: 'contacts:read' },
    query: z.object(ContactFilter),
    response: z.unknown(),
    responseType: 'application/x-ndjson',
  }),
};

export const consentRoutes = {
  list: route({
    id: 'listConsents',
    method: 'GET',
    path: '/contacts/:id/consents',
    tag: 'Consent',
    summary: 'What a contact allows, and how that came about',
    description:
      '`current` holds the newest line per channel and topic; `history` the whole ledger, newest first.',
    access: read,
    params: IdParams,
    response: z.object({ current: z.array(CurrentConsent), history: z.array(Consent) }),
  }),
  record: route({
    id: 'recordConsent',
    method: 'POST',
    path: '/contacts/:id/consents',
    tag: 'Consent',
    summary: 'Record that a contact granted or withdrew consent',
    description:
      'The ledger only grows. `pending` asks for a double opt-in: it decides nothing until the person confirms.',
    access: write,
    params: IdParams,
    body: ConsentInput,
    response: Consent,
    status: 201,
    errors: ['invalid_state'],
    idempotent: true,
  }),
};

export const mergeRoutes = {
  merge: route({
    id: 'mergeContacts',
    method: 'POST',
    path: '/contacts/:id/merge',
    tag,
    summary: 'Merge another contact into this one',
    description:
      'Addresses, consents, bookings, runs and messages of the other move here. Fields and attributes of this contact win; gaps are filled from the other. Of consents the newest word counts.',
    access: write,
    params: IdParams,
    body: z.strictObject({ other_id: z.uuid() }),
    response: Merge,
    status: 201,
    errors: ['invalid_state'],
    idempotent: true,
  }),
  undo: route({
    id: 'undoMerge',
    method: 'POST',
    path: '/merges/:id/undo',
    tag,
    summary: 'Take a merge back',
    description:
      'Both contacts are as they were. What was changed on the contact since the merge stays changed, and what came since stays with it.',
    access: write,
    params: IdParams,
    response: Merge,
    errors: ['invalid_state'],
  }),
  list: route({
    id: 'listMerges',
    method: 'GET',
    path: '/contacts/:id/merges',
    tag,
    summary: 'Merges that a contact took part in',
    access: read,
    params: IdParams,
    response: z.object({ items: z.array(Merge) }),
  }),
};
