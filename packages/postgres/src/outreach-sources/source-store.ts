import type { SourceSettings } from '@halyard/contracts/outreach/source';
import type { AuditEntry } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import type { NewSource, SourceStore, StoredSource } from '@halyard/core/outreach-sources/source-store';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database } from '../database.js';
import { isUniqueViolation } from '../errors.js';
import { newestFirst } from '../paging.js';
import { removeRow } from '../remove-row.js';
import type { OutreachSources } from '../schema.gen.js';

export class PgSourceStore implements SourceStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredSource>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(
        tx.selectFrom('outreach_sources').selectAll().select(taken).where('org_id', '=', orgId),
        page,
        toStored,
      ),
    );
  }

  find(orgId: OrgId, id: OutreachSourceId): Promise<StoredSource | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('outreach_sources')
        .selectAll()
        .select(taken)
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toStored(row) : null;
    });
  }

  insert(orgId: OrgId, source: NewSource, audit: AuditEntry): Promise<StoredSource> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const { sealed, settings, ...rest } = source;
        const row = await tx
          .insertInto('outreach_sources')
          .values({
            org_id: orgId,
            ...rest,
            settings: JSON.stringify(settings),
            secrets: sealed.box,
            key_id: sealed.keyId,
          })
          .returningAll()
          .returning(taken)
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toStored(row);
      })
      .catch(nameTaken);
  }

  update(
    orgId: OrgId,
    id: OutreachSourceId,
    { sealed, settings, ...rest }: Partial<Omit<NewSource, 'id'>>,
    audit: AuditEntry,
  ): Promise<StoredSource | null> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const row = await tx
          .updateTable('outreach_sources')
          .set({
            ...rest,
            ...(settings && { settings: JSON.stringify(settings) }),
            ...(sealed && { secrets: sealed.box, key_id: sealed.keyId }),
            next_poll_at: sql`now()`,
            updated_at: sql`now()`,
          })
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .returningAll()
          .returning(taken)
          .executeTakeFirst();
        if (row) await appendAudit(tx, orgId, audit);
        return row ? toStored(row) : null;
      })
      .catch(nameTaken);
  }

  remove(orgId: OrgId, id: OutreachSourceId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, (tx) => removeRow(tx, 'outreach_sources', orgId, id, audit));
  }

  async polled(
    orgId: OrgId,
    id: OutreachSourceId,
    { at, next, error, failed }: { at: Date; next: Date; error: string | null; failed: boolean },
  ): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      tx
        .updateTable('outreach_sources')
        .set({
          polled_at: at,
          next_poll_at: next,
          error,
          failures: failed ? sql`failures + 1` : 0,
        })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute(),
    );
  }
}

const taken = sql<number>`(
  select count(*)::int from (
    select from outreach_source_rows r
    where r.org_id = outreach_sources.org_id and r.source_id = outreach_sources.id
      and r.taken_at > now() - interval '7 days'
    limit 10000
  ) counted
)`.as('taken');

const toStored = (row: Selectable<OutreachSources> & { taken: number }): StoredSource => ({
  id: row.id as OutreachSourceId,
  orgId: row.org_id as OrgId,
  name: row.name,
  settings: row.settings as unknown as SourceSettings,
  server: row.server,
  sealed: { box: row.secrets, keyId: row.key_id },
  active: row.active,
  taken: row.taken,
  polledAt: row.polled_at,
  error: row.error,
  failures: row.failures,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

function nameTaken(error: unknown): never {
  if (!isUniqueViolation(error, 'outreach_sources_org_id_name_key')) throw error;
  throw new DomainError('conflict', 'There is a source of this name already.', [
    { path: 'body.name', message: 'taken' },
  ]);
}
