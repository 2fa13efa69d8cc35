import type { Channel } from '@halyard/contracts/primitives';
import type {
  TemplateQuery,
  TemplateSummary,
  TemplateVersionSummary,
} from '@halyard/contracts/templates/routes';
import type { Actor, AuditEntry } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId, TemplateId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { CompiledTemplate } from '@halyard/core/templates/compiled';
import type {
  NewVersion,
  StoredTemplate,
  StoredVersion,
  TemplateName,
  TemplateStore,
} from '@halyard/core/templates/templates';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { isForeignKeyViolation, isUniqueViolation } from './errors.js';
import { newestFirst } from './paging.js';
import type { Templates, TemplateVersions } from './schema.gen.js';

export class PgTemplateStore implements TemplateStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: TemplateQuery): Promise<Page<TemplateSummary>> {
    return this.database.forOrg(orgId, async (tx) => {
      let rows = tx.selectFrom('templates').selectAll().select(locales).where('org_id', '=', orgId);
      rows = rows.where('archived_at', query.archived ? 'is not' : 'is', null);
      if (query.channel) rows = rows.where('channel', '=', query.channel);
      if (query.product_id) rows = rows.where('product_id', '=', query.product_id);
      if (query.key) rows = rows.where('key', '=', query.key);
      if (query.search) rows = rows.where(named(query.search));
      return newestFirst(rows, query, toSummary);
    });
  }

  find(orgId: OrgId, id: TemplateId, version?: number): Promise<StoredTemplate | null> {
    return this.database.forOrg(orgId, (tx) => find(tx, orgId, id, version));
  }

  versions(orgId: OrgId, id: TemplateId): Promise<TemplateVersionSummary[] | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const template = await tx
        .selectFrom('templates')
        .select('current_version')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (!template) return null;
      const rows = await tx
        .selectFrom('template_versions')
        .select(['number', 'variables', 'created_at', 'created_by'])
        .where('org_id', '=', orgId)
        .where('template_id', '=', id)
        .orderBy('number', 'desc')
        .execute();
      return rows.map((row) => toVersionSummary(row, template.current_version));
    });
  }

  write(
    orgId: OrgId,
    id: TemplateId,
    { name, ...of }: TemplateName & { name?: string },
    version: NewVersion,
    actor: Actor,
  ): Promise<StoredTemplate> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const written = await upsert(tx, orgId, id, of, name);
        const number = await addVersion(tx, orgId, written, version, actor);
        if (number !== null)
          await appendAudit(tx, orgId, {
            actor,
            action: written === id ? 'template.created' : 'template.updated',
            target: { type: 'template', id: written },
            changes: { key: of.key, channel: of.channel, version: number },
          });
        return findWritten(tx, orgId, written);
      })
      .catch(noSuchProduct);
  }

  update(
    orgId: OrgId,
    id: TemplateId,
    {
      archived,
      ...patch
    }: { name?: string; product_id?: string | null; current_version?: number; archived?: boolean },
    audit: AuditEntry,
    version?: NewVersion,
  ): Promise<StoredTemplate | null> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('templates')
          .set({ ...patch, updated_at: sql`now()` })
          .$if(archived !== undefined, (query) =>
            query.set({ archived_at: archived ? sql<Date>`coalesce(archived_at, now())` : null }),
          )
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return null;
        if (version) await addVersion(tx, orgId, id, version, audit.actor);
        await appendAudit(tx, orgId, audit);
        return findWritten(tx, orgId, id);
      })
      .catch(noSuchProduct);
  }
}

const locales = sql<string[]>`array(
  select locale from template_versions v, jsonb_object_keys(v.content->'locales') locale
  where v.org_id = templates.org_id and v.template_id = templates.id and v.number = templates.current_version
  order by locale <> v.content->>'default_locale', locale)`.as('locales');

/** An organization has hundreds of templates at most: they are looked through. */
const named = (search: string) =>
  sql<boolean>`strpos(lower(name || ' ' || key), ${search.toLowerCase()}) > 0`;

/** Locks the template of this name, or makes it; returns its id. */
async function upsert(
  tx: Tx,
  orgId: OrgId,
  id: TemplateId,
  { key, channel, productId }: TemplateName,
  name: string | undefined,
): Promise<TemplateId> {
  const { rows } = await sql<{ id: string }>`
    insert into templates (org_id, id, key, name, channel, product_id, current_version)
    values (${orgId}, ${id}, ${key}, ${name ?? key}, ${channel}, ${productId}, 0)
    on conflict (org_id, key, channel, product_id)
      do update set name = coalesce(${name ?? null}, templates.name), archived_at = null
    returning id`.execute(tx);
  return (rows[0]?.id ?? id) as TemplateId;
}

/** Adds the next version and makes it current; null when the current one has this very content. The template is locked. */
async function addVersion(
  tx: Tx,
  orgId: OrgId,
  id: TemplateId,
  { content, compiled, variables }: NewVersion,
  actor: Actor,
): Promise<number | null> {
  const { rows } = await sql<{ number: number }>`
    with added as (
      insert into template_versions (org_id, template_id, number, content, compiled, variables, created_by)
      select ${orgId}, ${id}, coalesce(max(number), 0) + 1, ${JSON.stringify(content)}::jsonb,
        ${JSON.stringify(compiled)}::jsonb, ${variables}::text[], ${actor.name ?? actor.id ?? null}
      from template_versions where org_id = ${orgId} and template_id = ${id}
      having not exists (
        select from templates t join template_versions v
          on v.org_id = t.org_id and v.template_id = t.id and v.number = t.current_version
        where t.org_id = ${orgId} and t.id = ${id} and v.content = ${JSON.stringify(content)}::jsonb)
      returning number
    )
    update templates set current_version = added.number, updated_at = now()
    from added where org_id = ${orgId} and id = ${id} returning added.number`.execute(tx);
  return rows[0]?.number ?? null;
}

async function find(tx: Tx, orgId: OrgId, id: TemplateId, version?: number): Promise<StoredTemplate | null> {
  const template = await tx
    .selectFrom('templates')
    .selectAll()
    .select(locales)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!template) return null;
  const row = await tx
    .selectFrom('template_versions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('template_id', '=', id)
    .where('number', '=', version ?? template.current_version)
    .executeTakeFirst();
  if (!row) return null;
  const settings = await tx
    .selectFrom('organization_settings')
    .select('postal_address')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return {
    summary: toSummary(template),
    version: toVersion(row, template.current_version),
    postalAddress: settings?.postal_address ?? null,
  };
}

async function findWritten(tx: Tx, orgId: OrgId, id: TemplateId): Promise<StoredTemplate> {
  const written = await find(tx, orgId, id);
  if (!written) throw new Error(`Template ${id} was written and is not there.`);
  return written;
}

const toSummary = (row: Selectable<Templates> & { locales: string[] }): TemplateSummary => ({
  id: row.id,
  key: row.key,
  name: row.name,
  channel: row.channel as Channel,
  product_id: row.product_id,
  locales: row.locales,
  current_version: row.current_version,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  archived_at: row.archived_at?.toISOString() ?? null,
});

const toVersionSummary = (
  row: Pick<Selectable<TemplateVersions>, 'number' | 'variables' | 'created_at' | 'created_by'>,
  current: number,
): TemplateVersionSummary => ({
  number: row.number,
  variables: row.variables,
  created_at: row.created_at.toISOString(),
  created_by: row.created_by,
  current: row.number === current,
});

const toVersion = (row: Selectable<TemplateVersions>, current: number): StoredVersion => ({
  ...toVersionSummary(row, current),
  content: row.content as StoredVersion['content'],
  compiled: row.compiled as unknown as CompiledTemplate,
});

function noSuchProduct(error: unknown): never {
  if (isForeignKeyViolation(error)) {
    const message = 'There is no such product in this organization.';
    throw new DomainError('not_found', message, [{ path: 'body.product_id', message }]);
  }
  if (isUniqueViolation(error, 'templates_key'))
    throw new DomainError(
      'conflict',
      'This product has its own wording of this template already: change that one.',
    );
  throw error;
}
