import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Flow, FlowQuery, FlowSummary } from '@halyard/contracts/flows/flow';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';
import type { AuditEntry } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { KnownStore } from '@halyard/core/flows/flow-checks';
import type { DraftPatch, FlowStore } from '@halyard/core/flows/flows';
import type { Known, KnownTemplate } from '@halyard/core/flows/known';
import { knownTemplate, templatesNamedIn } from '@halyard/core/flows/known';
import type { FlowId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { CompiledTemplate } from '@halyard/core/templates/compiled';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { isForeignKeyViolation, isUniqueViolation } from './errors.js';
import { findFlow, flowFigures, reread, selectFlows, toSummary } from './flow-rows.js';
import { positionIn, toPage } from './paging.js';
import { removeRow } from './remove-row.js';

export class PgFlowStore implements FlowStore, KnownStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: FlowQuery): Promise<Page<FlowSummary>> {
    const after = positionIn(query.cursor, 1);
    return this.database.forOrg(orgId, async (tx) => {
      let rows = selectFlows(tx, orgId).select(flowFigures);
      rows = query.status
        ? rows.where('flows.status', '=', query.status)
        : rows.where('flows.status', '<>', 'archived');
      if (query.key) rows = rows.where('flows.key', '=', query.key);
      if (after) rows = rows.where('flows.id', '<', String(after[0]));
      const found = await rows
        .orderBy('flows.id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(found, query, toSummary, (row) => [row.id]);
    });
  }

  find(orgId: OrgId, id: FlowId): Promise<Flow | null> {
    return this.database.forOrg(orgId, (tx) => findFlow(tx, orgId, id));
  }

  insert(
    orgId: OrgId,
    id: FlowId,
    { key, recipe, draft }: { key: string; recipe: string | null; draft: Flow['draft'] & {} },
    audit: AuditEntry,
  ): Promise<Flow> {
    return this.database
      .forOrg(orgId, async (tx) => {
        await tx
          .insertInto('flows')
          .values({ org_id: orgId, id, key, name: draft.name, recipe, draft: JSON.stringify(draft) })
          .execute();
        await appendAudit(tx, orgId, audit);
        return reread(tx, orgId, id);
      })
      .catch(keyTaken);
  }

  update(
    orgId: OrgId,
    id: FlowId,
    { key, draft, unchangedSince }: DraftPatch,
    audit: AuditEntry,
  ): Promise<Flow | null> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('flows')
          .set({
            updated_at: sql`now()`,
            ...(key !== undefined && { key }),
            ...(draft !== undefined && { draft: draft && JSON.stringify(draft) }),
            ...(draft && { name: draft.name }),
          })
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .$if(unchangedSince !== undefined, (change) =>
            // What callers are told has no microseconds.
            change.where(sql<boolean>`date_trunc('milliseconds', updated_at) = ${unchangedSince}`),
          )
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return refuseChanged(tx, orgId, id);
        await appendAudit(tx, orgId, audit);
        return reread(tx, orgId, id);
      })
      .catch(keyTaken);
  }

  remove(orgId: OrgId, id: FlowId, audit: AuditEntry): Promise<'removed' | 'missing' | 'published'> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const removed = await removeRow(tx, 'flows', orgId, id, audit);
        return removed ? ('removed' as const) : ('missing' as const);
      })
      .catch((error: unknown) => {
        if (isForeignKeyViolation(error)) return 'published' as const;
        throw error;
      });
  }

  known(orgId: OrgId, self: string, definition: FlowDefinition): Promise<Known> {
    return this.database.forOrg(orgId, (tx) => loadKnown(tx, orgId, self, definition));
  }
}

/** What the organization has and allows, by the names that definitions use; of templates those that this one names. */
async function loadKnown(tx: Tx, orgId: OrgId, self: string, definition: FlowDefinition): Promise<Known> {
  const flows = await tx.selectFrom('flows').select(['key', 'id']).where('org_id', '=', orgId).execute();
  const settings = await tx
    .selectFrom('organization_settings')
    .select(['policy', 'time_zone'])
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  const connected = await tx
    .selectFrom('connections')
    .select(['channels', 'status', 'provider', 'id', 'name'])
    .where('org_id', '=', orgId)
    .execute();
  return {
    templates: await loadTemplates(tx, orgId, templatesNamedIn(definition)),
    flows: new Set(flows.flatMap(({ key, id }) => [key, id])),
    self,
    workflowConnections: new Set(
      connected.flatMap(({ provider, id, name }) => (provider === 'n8n' ? [id, name] : [])),
    ),
    channels: new Set(
      connected.flatMap(({ status, channels }) => (status === 'active' ? (channels as Channel[]) : [])),
    ),
    policy: OrganizationPolicy.parse(settings?.policy ?? {}),
    timeZone: settings?.time_zone ?? 'UTC',
  };
}

async function loadTemplates(tx: Tx, orgId: OrgId, keys: readonly string[]): Promise<Known['templates']> {
  const found = new Map<string, Map<Channel, KnownTemplate>>();
  if (!keys.length) return found;
  const rows = await tx
    .selectFrom('templates')
    .innerJoin('template_versions as version', (join) =>
      join
        .onRef('version.org_id', '=', 'templates.org_id')
        .onRef('version.template_id', '=', 'templates.id')
        .onRef('version.number', '=', 'templates.current_version'),
    )
    .select(['templates.key', 'templates.channel', 'version.compiled'])
    .where('templates.org_id', '=', orgId)
    .where('templates.key', 'in', keys)
    .execute();
  for (const { key, channel, compiled } of rows) {
    const channels = found.get(key) ?? new Map<Channel, KnownTemplate>();
    const template = knownTemplate(compiled as unknown as CompiledTemplate);
    // A product may have a wording of its own: what holds for one of them may happen.
    const other = channels.get(channel as Channel);
    const prints = new Set([...(other?.prints ?? []), ...template.prints]);
    const free_text = template.free_text || (other?.free_text ?? false);
    found.set(key, channels.set(channel as Channel, { free_text, prints: [...prints] }));
  }
  return found;
}

/** Nothing was changed: there is no such flow, or somebody else was there first. */
async function refuseChanged(tx: Tx, orgId: OrgId, id: FlowId): Promise<null> {
  if (await findFlow(tx, orgId, id))
    throw new DomainError(
      'conflict',
      'Somebody has changed this flow since you read it: read it again, and bring your change into what is there now.',
    );
  return null;
}

function keyTaken(error: unknown): never {
  if (isUniqueViolation(error, 'flows_org_id_key_key'))
    throw new DomainError(
      'conflict',
      'Another flow has this key. Use a key of its own, or change that flow.',
    );
  throw error;
}
