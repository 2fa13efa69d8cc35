import type { OutreachTenant } from '@halyard/contracts/outreach/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId } from '@halyard/core/ids';
import type { TenantStore } from '@halyard/core/outreach/tenants';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';

export class PgTenantStore implements TenantStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId): Promise<OutreachTenant[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('outreach_tenants')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('created_at')
        .execute();
      return rows.map(toTenant);
    });
  }

  map(orgId: OrgId, tenantId: string, audit: AuditEntry): Promise<OutreachTenant> {
    return this.database.forOrg(orgId, async (tx) => {
      const mapped = await tx
        .insertInto('outreach_tenants')
        .values({ org_id: orgId, tenant_id: tenantId })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (mapped) await appendAudit(tx, orgId, audit);
      const there = await tx
        .selectFrom('outreach_tenants')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('tenant_id', '=', tenantId)
        .executeTakeFirstOrThrow();
      return toTenant(there);
    });
  }

  unmap(orgId: OrgId, tenantId: string, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('outreach_tenants')
        .where('org_id', '=', orgId)
        .where('tenant_id', '=', tenantId)
        .executeTakeFirst();
      if (numDeletedRows > 0n) await appendAudit(tx, orgId, audit);
      return numDeletedRows > 0n;
    });
  }
}

/** Tenants of other services that are this organization, beside its own id. */
export async function mappedTenants(tx: Tx, orgId: OrgId): Promise<string[]> {
  const rows = await tx
    .selectFrom('outreach_tenants')
    .select('tenant_id')
    .where('org_id', '=', orgId)
    .execute();
  return rows.map((row) => row.tenant_id);
}

const toTenant = (row: { tenant_id: string; created_at: Date }): OutreachTenant => ({
  tenant_id: row.tenant_id,
  created_at: row.created_at.toISOString(),
});
