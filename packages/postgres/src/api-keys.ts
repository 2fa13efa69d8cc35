import type { ApiKey } from '@halyard/contracts/access/api-keys';
import type { Scope } from '@halyard/contracts/route';
import type { ApiKeyStore, StoredApiKey } from '@halyard/core/access/api-keys';
import type { AuditEntry } from '@halyard/core/actor';
import type { ApiKeyId, OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database } from './database.js';
import type { AuthApiKeys } from './schema.gen.js';

/** A key that may be used right now. */
export interface UsableApiKey {
  id: ApiKeyId;
  orgId: OrgId;
  name: string;
  scopes: Scope[];
}

export class PgApiKeyStore implements ApiKeyStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId): Promise<ApiKey[]> {
    return this.database.outside(async (db) => {
      const rows = await db
        .selectFrom('auth.api_keys')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('revoked_at', 'is', null)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toApiKey);
    });
  }

  find(orgId: OrgId, id: ApiKeyId): Promise<ApiKey | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.api_keys')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return row ? toApiKey(row) : null;
    });
  }

  insert(orgId: OrgId, key: StoredApiKey, audit: AuditEntry): Promise<ApiKey> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .insertInto('auth.api_keys')
        .values({
          org_id: orgId,
          id: key.id,
          name: key.name,
          start: key.start,
          key_hash: key.hash,
          scopes: [...key.scopes],
          expires_at: key.expiresAt,
          created_by: key.createdBy,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await appendAudit(tx, orgId, audit);
      return toApiKey(row);
    });
  }

  revoke(orgId: OrgId, id: ApiKeyId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('auth.api_keys')
        .set({ revoked_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await appendAudit(tx, orgId, audit);
      return true;
    });
  }

  /** The key with this hash, unless it is revoked or has expired. */
  findUsable(hash: Buffer): Promise<UsableApiKey | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.api_keys')
        .select(['id', 'org_id', 'name', 'scopes'])
        .where('key_hash', '=', hash)
        .where('revoked_at', 'is', null)
        .where((where) =>
          where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]),
        )
        .executeTakeFirst();
      return row
        ? {
            id: row.id as ApiKeyId,
            orgId: row.org_id as OrgId,
            name: row.name,
            scopes: row.scopes as Scope[],
          }
        : null;
    });
  }

  /** Notes that these keys were used just now; called once for many uses. */
  async markUsed(ids: readonly ApiKeyId[]): Promise<void> {
    await this.database.outside((db) =>
      db
        .updateTable('auth.api_keys')
        .set({ last_used_at: sql`now()` })
        .where('id', 'in', [...ids])
        .execute(),
    );
  }
}

const toApiKey = (row: Selectable<AuthApiKeys>): ApiKey => ({
  id: row.id,
  name: row.name,
  start: row.start,
  scopes: row.scopes as Scope[],
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null,
});
