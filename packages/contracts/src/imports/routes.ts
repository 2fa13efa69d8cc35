import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';

/** The largest file that an import takes. */
export const largestImport = 100 * 1024 * 1024;

/**
 * What a column means: a field of the contact, `email`, `phone` or another kind of identity, `attributes.<key>`,
 * `consent.<channel>` or `consent.<channel>.<topic>` (yes or no), `consent_source`, `consent_at`, or `ignore`.
 */
export const ImportMapping = z.record(z.string(), z.string().min(1).max(200));
export type ImportMapping = z.output<typeof ImportMapping>;

const MappingParameter = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    const parsed = ImportMapping.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'Use a JSON object, such as {"Vorname":"first_name"}.' });
    return z.NEVER;
  });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const ImportQuery = z.object({
  /** Reports what would happen, and changes nothing. */
  dry_run: z.stringbool().default(false),
  /** JSON: the header of a column → what it means. Headers that are field names need none. */
  mapping: MappingParameter.optional(),
  file_name: z.string().max(300).optional(),
  /** Where the consents in the file come from, as proof. */
  consent_source: z.string().min(1).max(100).default('import'),
});
export type ImportQuery = z.output<typeof ImportQuery>;

export const Import = z
  .object({
    id: z.uuid(),
    format: z.enum(['csv', 'ndjson']),
    dry_run: z.boolean(),
    file_name: z.string().nullable(),
    status: z.enum(['uploading', 'queued', 'running', 'completed', 'failed', 'cancelled']),
    /** 0 to 1, by bytes. */
    progress: z.number(),
    total_bytes: z.number().int(),
    rows_read: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.number().int(),
    /** Headers that nothing is known of: map them, or leave them out. */
    ignored_columns: z.array(z.string()),
    error: z.string().nullable(),
    created_at: Instant,
    started_at: Instant.nullable(),
    finished_at: Instant.nullable(),
  })
  .meta({ id: 'Import' });
export type Import = z.output<typeof Import>;

const tag = 'Imports';
const access = { role: 'editor', scope: 'contacts:write' } as const;

export const importRoutes = {
  list: route({
    id: 'listImports',
    method: 'GET',
    path: '/imports',
    tag,
    summary: 'List imports',
    access: { role: 'viewer', scope: 'contacts:read' },
    query: PageQuery,
    response: pageOf(Import),
  }),
  create: route({
    id: 'createImport',
    method: 'POST',
    path: '/imports',
    tag,
    summary: 'Import contacts from CSV or NDJSON',
    description:
      'The body is the file itself, up to 100 MB, as text/csv (comma, semicolon or tab, with a header) or application/x-ndjson (one contact as in PUT /contacts a line, with `consents` if there are any). Contacts are found by external id or any address, as PUT /contacts does it. A row whose keys mean different people is rejected, and so is one that shares only a telephone number with somebody whose e-mail address is another: nobody is given a second person’s address by a shared telephone. Rows that cannot be taken are reported with their line and a reason; the others are imported. A dry run tells the same, also of rows that the file repeats, and writes nothing.',
    access,
    query: ImportQuery,
    response: Import,
    status: 202,
    errors: ['payload_too_large', 'unsupported_media_type'],
    requestType: 'stream',
    accepts: ['text/csv', 'application/x-ndjson'],
  }),
  read: route({
    id: 'readImport',
    method: 'GET',
    path: '/imports/:id',
    tag,
    summary: 'How far an import is',
    access: { role: 'viewer', scope: 'contacts:read' },
    params: IdParams,
    response: Import,
  }),
  rejects: route({
    id: 'readImportRejects',
    method: 'GET',
    path: '/imports/:id/rejects',
    tag,
    summary: 'Rows that were not imported, with line and reason, as CSV',
    access,
    params: IdParams,
    response: z.unknown(),
    responseType: 'text/csv',
  }),
  cancel: route({
    id: 'cancelImport',
    method: 'POST',
    path: '/imports/:id/cancel',
    tag,
    summary: 'Stop an import',
    description: 'What was imported stays.',
    access,
    params: IdParams,
    response: Import,
    errors: ['invalid_state'],
  }),
};
