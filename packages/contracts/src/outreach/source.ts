import { z } from 'zod';
import { MessageStatus } from '../messages/message.js';
import { Instant } from '../primitives.js';
import { OutreachChannel } from './item.js';

// A name of PostgreSQL's; longer ones are cut by the server, and would be another.
const Name = z
  .string()
  .min(1)
  .max(63)
  .refine((name) => !name.includes('\u0000'), 'A name may not hold the character U+0000.');

/** Which column holds what of an outreach item. */
const Columns = z
  .strictObject({
    id: Name.describe('The primary key: one row, one item.'),
    body: Name,
    subject: Name.optional(),
    channel: Name.optional(),
    email: Name.optional(),
    name: Name.optional(),
    tenant_id: Name.optional().describe('Rows of this organization, when left out.'),
    user_id: Name.optional(),
    schedule_at: Name.optional(),
    sequence_id: Name.optional(),
    step: Name.optional(),
    slack: Name.optional().describe('Address on Slack; likewise discord and telegram.'),
    discord: Name.optional(),
    telegram: Name.optional(),
    crm_contact_id: Name.optional(),
    external_ids: Name.optional().describe('A JSON object with any of these.'),
  })
  .meta({ id: 'OutreachSourceColumns' });

/** Where the fate of an item is written: `status` tells which rows wait, and has to be there. */
const WriteBack = z
  .strictObject({
    status: Name,
    error: Name.optional(),
    updated_at: Name.optional(),
    sent_at: Name.optional(),
    delivered_at: Name.optional(),
    message_id: Name.optional(),
  })
  .meta({ id: 'OutreachSourceWriteBack' });

/** How the server is known to be the one that is meant. */
const Tls = z
  .enum(['verify', 'require', 'disable'])
  .describe(
    'verify: with a certificate for its name. require: encrypted, with any. disable: private network only.',
  );

const written: readonly string[] = ['accepted', 'rejected', 'waiting', ...MessageStatus.options];

const common = {
  name: z.string().min(1).max(200),
  tls: Tls,
  schema: Name,
  table: Name,
  columns: Columns,
  write_back: WriteBack,
  pending: z
    .string()
    .min(1)
    .max(100)
    .refine((status) => !written.includes(status), {
      error:
        'Halyard writes this status itself: rows would be taken again and again. Use another for rows that wait.',
    })
    .describe('The status of a row that waits to be taken; none of those that Halyard writes.'),
  defaults: z
    .strictObject({ channel: OutreachChannel.optional(), user_id: z.uuid().optional() })
    .describe('For what no column is there.'),
  poll_seconds: z.number().int().min(5).max(86_400),
  active: z.boolean(),
};

const url = z
  .string()
  .max(2_000)
  .regex(/^postgres(ql)?:\/\/[^/?#]+\/[^/?#]+/, 'Use postgres://user:password@host:5432/database.')
  .describe('Encrypted, and never shown again.');

const skip_test = z.boolean().default(false).describe('Saves it although the table cannot be read.');

export const OutreachSourceInput = z
  .strictObject({
    ...common,
    url,
    tls: common.tls.default('verify'),
    schema: common.schema.default('public'),
    pending: common.pending.default('pending'),
    defaults: common.defaults.default({}),
    poll_seconds: common.poll_seconds.default(30),
    active: common.active.default(true),
    skip_test,
  })
  .refine(({ columns, defaults }) => columns.channel ?? defaults.channel, {
    path: ['columns', 'channel'],
    error: 'Name the column of the channel, or give a default.',
  })
  .refine(({ columns, defaults }) => columns.user_id ?? defaults.user_id, {
    path: ['columns', 'user_id'],
    error: 'Name the column of the user, or give a default.',
  })
  .meta({ id: 'OutreachSourceInput' });
export type OutreachSourceInput = z.output<typeof OutreachSourceInput>;

export const OutreachSourcePatch = z
  .strictObject({ ...common, url, skip_test })
  .partial()
  .meta({ id: 'OutreachSourcePatch' });
export type OutreachSourcePatch = z.output<typeof OutreachSourcePatch>;

export const OutreachSource = z
  .object({
    id: z.uuid(),
    ...common,
    server: z.string().describe('Where it is: host, port and database.'),
    taken: z.number().int().describe('Rows taken in the last 7 days; 10,000 at most are counted.'),
    polled_at: Instant.nullable(),
    error: z.string().nullable().describe('Of the last poll.'),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'OutreachSource' });
export type OutreachSource = z.output<typeof OutreachSource>;

/** What is stored as it is: all but the connection string and the name. */
export const SourceSettings = z.object({
  tls: common.tls,
  schema: common.schema,
  table: common.table,
  columns: common.columns,
  write_back: common.write_back,
  pending: common.pending,
  defaults: common.defaults,
  poll_seconds: common.poll_seconds,
});
export type SourceSettings = z.output<typeof SourceSettings>;

export const OutreachSourceTest = z
  .object({
    ok: z.boolean(),
    reason: z.string().nullable(),
    /** Rows that wait, 1,000 at most. */
    pending: z.number().int().nullable(),
    /** What is wrong with the first of them. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'OutreachSourceTest' });
export type OutreachSourceTest = z.output<typeof OutreachSourceTest>;

/** `id`: a source whose connection string is used, where `url` is left out. */
export const OutreachSourceLookInput = z
  .strictObject({
    id: z.uuid().optional(),
    url: url.optional(),
    tls: common.tls.default('verify'),
    schema: common.schema.default('public'),
    table: common.table,
    columns: Columns.optional(),
    write_back: WriteBack.optional(),
    pending: common.pending.default('pending'),
    defaults: common.defaults.default({}),
  })
  .refine(({ id, url }) => url ?? id, { path: ['url'], error: 'Give the connection string.' })
  .meta({ id: 'OutreachSourceLookInput' });
export type OutreachSourceLookInput = z.output<typeof OutreachSourceLookInput>;

export const OutreachSourceLook = OutreachSourceTest.extend({
  /** Those that the user may read. `key`: of the primary key. */
  columns: z.array(z.object({ name: z.string(), type: z.string(), key: z.boolean() })),
  /** The rows with the greatest keys, in the order of the columns; long values are cut. */
  rows: z.array(z.array(z.string().nullable())),
  /** What the first row that waits would become. */
  item: z
    .object({
      channel: OutreachChannel,
      to: z.string().nullable(),
      subject: z.string(),
      body: z.string(),
      schedule_at: Instant.nullable(),
    })
    .nullable(),
  /** Which part of an item `problem` is about: body, target.email … */
  field: z.string().nullable(),
}).meta({ id: 'OutreachSourceLook' });
export type OutreachSourceLook = z.output<typeof OutreachSourceLook>;
