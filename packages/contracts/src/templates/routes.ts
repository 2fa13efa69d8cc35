import { z } from 'zod';
import { Channel, IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';
import { TemplateInput } from './content.js';
import { DraftPreviewInput, Finding, Preview, PreviewInput, TestSendInput } from './rendering.js';

export const TemplateSummary = z
  .object({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    channel: Channel,
    product_id: z.uuid().nullable(),
    /** What the current version is written in, its default first. */
    locales: z.array(z.string()),
    current_version: z.number().int(),
    created_at: Instant,
    updated_at: Instant,
    archived_at: Instant.nullable(),
  })
  .meta({ id: 'TemplateSummary' });
export type TemplateSummary = z.output<typeof TemplateSummary>;

/** As it was written; EmailContent, SmsContent, WhatsAppContent or ChatContent by the template's channel. */
const Content = z.record(z.string(), z.json());

export const TemplateVersionSummary = z
  .object({
    number: z.number().int(),
    variables: z.array(z.string()),
    created_at: Instant,
    created_by: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'TemplateVersionSummary' });
export type TemplateVersionSummary = z.output<typeof TemplateVersionSummary>;

export const TemplateVersion = TemplateVersionSummary.extend({ content: Content }).meta({
  id: 'TemplateVersion',
});
export type TemplateVersion = z.output<typeof TemplateVersion>;

/** With the content and variables of the current version, and the lint's advice on it. */
export const Template = TemplateSummary.extend({
  content: Content,
  variables: z.array(z.string()),
  lint: z.array(Finding),
}).meta({ id: 'Template' });
export type Template = z.output<typeof Template>;

export const TemplatePatch = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    product_id: z.uuid().nullable().optional(),
    /** In the shape of the template's channel; becomes the next version. */
    content: Content.optional(),
  })
  .meta({ id: 'TemplatePatch' });
export type TemplatePatch = z.output<typeof TemplatePatch>;

export const TemplateQuery = PageQuery.extend({
  channel: Channel.optional(),
  product_id: z.uuid().optional(),
  key: z.string().max(100).optional(),
  /** Stands in the name or the key. */
  search: z.string().trim().min(1).max(200).optional(),
  archived: z.stringbool().default(false),
});
export type TemplateQuery = z.output<typeof TemplateQuery>;

/** One text that differs, line by line. */
export const TextDiff = z
  .object({
    path: z.string(),
    lines: z.array(z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() })),
  })
  .meta({ id: 'TextDiff' });
export type TextDiff = z.output<typeof TextDiff>;

const VersionParams = IdParams.extend({ number: z.coerce.number().int().min(1) });

const tag = 'Templates';
const reads = { role: 'viewer', scope: 'templates:read' } as const;
const writes = { role: 'editor', scope: 'templates:write' } as const;

export const templateRoutes = {
  list: route({
    id: 'listTemplates',
    method: 'GET',
    path: '/templates',
    tag,
    summary: 'List templates',
    access: reads,
    query: TemplateQuery,
    response: pageOf(TemplateSummary),
  }),
  write: route({
    id: 'writeTemplate',
    method: 'POST',
    path: '/templates',
    tag,
    summary: 'Create a template, or write the next version of the one with this key, channel and product',
    description: 'Content that equals the current version makes no new one.',
    access: writes,
    body: TemplateInput,
    response: Template,
    errors: ['invalid_template', 'not_found'],
    idempotent: true,
  }),
  previewDraft: route({
    id: 'previewDraft',
    method: 'POST',
    path: '/templates/preview',
    tag,
    summary: 'Render content that is not stored, with its lint',
    access: reads,
    body: DraftPreviewInput,
    response: Preview,
    errors: ['invalid_template', 'not_found'],
  }),
  read: route({
    id: 'readTemplate',
    method: 'GET',
    path: '/templates/:id',
    tag,
    summary: 'Read a template with its current content',
    access: reads,
    params: IdParams,
    response: Template,
  }),
  update: route({
    id: 'updateTemplate',
    method: 'PATCH',
    path: '/templates/:id',
    tag,
    summary: 'Rename a template, or write its next version',
    access: writes,
    params: IdParams,
    body: TemplatePatch,
    response: Template,
    errors: ['invalid_template', 'conflict'],
  }),
  versions: route({
    id: 'listTemplateVersions',
    method: 'GET',
    path: '/templates/:id/versions',
    tag,
    summary: 'List the versions of a template, newest first',
    access: reads,
    params: IdParams,
    response: z.object({ items: z.array(TemplateVersionSummary) }),
  }),
  version: route({
    id: 'readTemplateVersion',
    method: 'GET',
    path: '/templates/:id/versions/:number',
    tag,
    summary: 'Read one version of a template',
    access: reads,
    params: VersionParams,
    response: TemplateVersion,
  }),
  diff: route({
    id: 'diffTemplateVersions',
    method: 'GET',
    path: '/templates/:id/diff',
    tag,
    summary: 'Compare two versions of a template, line by line',
    access: reads,
    params: IdParams,
    query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
    response: z.object({ from: z.number().int(), to: z.number().int(), texts: z.array(TextDiff) }),
  }),
  rollback: route({
    id: 'rollBackTemplate',
    method: 'POST',
    path: '/templates/:id/rollback',
    tag,
    summary: 'Make an older version the current one again',
    access: writes,
    params: IdParams,
    body: z.strictObject({ version: z.number().int().min(1) }),
    response: Template,
  }),
  archive: route({
    id: 'archiveTemplate',
    method: 'POST',
    path: '/templates/:id/archive',
    tag,
    summary: 'Hide a template from lists; messages and flows that name it still use it',
    access: writes,
    params: IdParams,
    response: TemplateSummary,
  }),
  restore: route({
    id: 'restoreTemplate',
    method: 'POST',
    path: '/templates/:id/restore',
    tag,
    summary: 'Take a template out of the archive',
    access: writes,
    params: IdParams,
    response: TemplateSummary,
  }),
  preview: route({
    id: 'previewTemplate',
    method: 'POST',
    path: '/templates/:id/preview',
    tag,
    summary: 'Render a template for a contact, a booking or an invented sailor, with its lint',
    access: reads,
    params: IdParams,
    body: PreviewInput,
    response: Preview,
  }),
  test: route({
    id: 'sendTestMessage',
    method: 'POST',
    path: '/templates/:id/test',
    tag,
    summary: 'Send a template to one address, past consent and quiet hours',
    access: writes,
    params: IdParams,
    body: TestSendInput,
    response: z.object({ message_id: z.uuid() }),
    status: 202,
    idempotent: true,
  }),
};
