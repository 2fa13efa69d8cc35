import type { Import, ImportQuery } from '@halyard/contracts/imports/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { ImportId, OrgId } from '@halyard/core/ids';
import type { ImportStore } from '@halyard/core/imports/imports';
import type { Reject } from '@halyard/core/imports/run-import';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { newestFirst } from './paging.js';
import type { Imports } from './schema.gen.js';

export class PgImportStore implements ImportStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Import>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(tx.selectFrom('imports').selectAll().where('org_id', '=', orgId), page, toImport),
    );
  }

  find(orgId: OrgId, id: ImportId): Promise<Import | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('imports')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toImport(row) : null;
    });
  }

  insert(
    orgId: OrgId,
    id: ImportId,
    format: Import['format'],
    { mapping, dry_run, file_name, consent_source }: ImportQuery,
    audit: AuditEntry,
  ): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await tx
        .insertInto('imports')
        .values({
          org_id: orgId,
          id,
          format,
          dry_run,
          file_name,
          mapping: JSON.stringify(mapping ?? {}),
          options: JSON.stringify({ consent_source }),
          created_by: audit.actor.id,
        })
        .execute();
      await appendAudit(tx, orgId, audit);
    });
  }

  addChunk(orgId: OrgId, id: ImportId, n: number, bytes: Buffer): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await tx.insertInto('import_chunks').values({ org_id: orgId, import_id: id, n, bytes }).execute();
    });
  }

  enqueue(orgId: OrgId, id: ImportId, totalBytes: number): Promise<Import> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('imports')
        .set({ status: 'queued', total_bytes: totalBytes })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'uploading')
        .returningAll()
        .executeTakeFirstOrThrow();
      return toImport(row);
    });
  }

  abandon(orgId: OrgId, id: ImportId, error: string): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('imports')
        .set({ status: 'failed', error, finished_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'uploading')
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await dropFile(tx, orgId, id);
    });
  }

  cancel(orgId: OrgId, id: ImportId, audit: AuditEntry): Promise<Import | false | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('imports')
        .select('status')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) return null;
      if (!['uploading', 'queued', 'running'].includes(row.status)) return false;
      const cancelled = await tx
        .updateTable('imports')
        .set({ status: 'cancelled', finished_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await dropFile(tx, orgId, id);
      await appendAudit(tx, orgId, audit);
      return toImport(cancelled);
    });
  }

  rejects(orgId: OrgId, id: ImportId, afterLine: number, limit: number): Promise<Reject[]> {
    return this.database.forOrg(orgId, (tx) =>
      tx
        .selectFrom('import_rejects')
        .select(['line', 'reason', 'row'])
        .where('org_id', '=', orgId)
        .where('import_id', '=', id)
        .where('line', '>', afterLine)
        .orderBy('line')
        .limit(limit)
        .execute(),
    );
  }
}

/** The file holds personal data and is of no use any more. */
export const dropFile = (tx: Tx, orgId: OrgId, id: ImportId) =>
  tx.deleteFrom('import_chunks').where('org_id', '=', orgId).where('import_id', '=', id).execute();

const toImport = (row: Selectable<Imports>): Import => {
  const { ignored_columns = [] } = row.options as { ignored_columns?: string[] };
  const done = row.total_bytes ? Math.min(1, row.done_bytes / row.total_bytes) : 0;
  return {
    id: row.id,
    format: row.format as Import['format'],
    dry_run: row.dry_run,
    file_name: row.file_name,
    status: row.status as Import['status'],
    progress: row.status === 'completed' ? 1 : done,
    total_bytes: row.total_bytes,
    rows_read: row.rows_read,
    created: row.created_count,
    updated: row.updated_count,
    unchanged: row.unchanged_count,
    rejected: row.rejected_count,
    ignored_columns,
    error: row.error,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  };
};
