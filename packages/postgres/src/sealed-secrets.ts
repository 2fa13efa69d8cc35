import type { SealedRow, SealedSecrets } from '@halyard/core/connections/rotate-secrets';
import type { Sealed } from '@halyard/core/connections/secret-box';
import type { OrgId } from '@halyard/core/ids';
import type { Database } from './database.js';

/** The sealed secrets of one table over all organizations, for rotation; needs the worker's database. */
export class PgSealedSecrets implements SealedSecrets {
  constructor(
    private readonly worker: Database,
    readonly name: 'connections' | 'endpoints' | 'outreach_sources' | 'inbound_hooks',
  ) {}

  notSealedBy(keyId: string, after: SealedRow | null, limit: number): Promise<SealedRow[]> {
    return this.worker.across(async (tx) => {
      let query = tx
        .selectFrom(this.name)
        .select(['org_id', 'id', 'secrets', 'key_id'])
        .where('key_id', '<>', keyId)
        .where('secrets', 'is not', null);
      if (after)
        query = query.where((where) =>
          where(where.refTuple('org_id', 'id'), '>', where.tuple(String(after.orgId), after.id)),
        );
      const rows = await query.orderBy('org_id').orderBy('id').limit(limit).execute();
      return rows.flatMap(({ org_id, id, secrets, key_id }) =>
        secrets && key_id ? [{ orgId: org_id as OrgId, id, box: secrets, keyId: key_id }] : [],
      );
    });
  }

  replace(row: SealedRow, next: Sealed): Promise<boolean> {
    return this.worker.across(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable(this.name)
        .set({ secrets: next.box, key_id: next.keyId })
        .where('org_id', '=', row.orgId)
        .where('id', '=', row.id)
        .where('secrets', '=', row.box)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }
}
