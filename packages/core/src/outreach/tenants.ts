import type { OutreachTenant } from '@halyard/contracts/outreach/routes';
import type { Actor, AuditEntry } from '../actor.js';
import { notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';

/** What the mapping of tenants needs of the database. */
export interface TenantStore {
  list(orgId: OrgId): Promise<OutreachTenant[]>;
  map(orgId: OrgId, tenantId: string, audit: AuditEntry): Promise<OutreachTenant>;
  unmap(orgId: OrgId, tenantId: string, audit: AuditEntry): Promise<boolean>;
}

/** Which tenants of other services are this organization, for items that carry the other service's own ids. */
export class OutreachTenants {
  constructor(private readonly store: TenantStore) {}

  list(orgId: OrgId): Promise<OutreachTenant[]> {
    return this.store.list(orgId);
  }

  map(orgId: OrgId, tenantId: string, actor: Actor): Promise<OutreachTenant> {
    return this.store.map(orgId, tenantId, entry(actor, 'outreach_tenant.mapped', tenantId));
  }

  async unmap(orgId: OrgId, tenantId: string, actor: Actor): Promise<void> {
    if (!(await this.store.unmap(orgId, tenantId, entry(actor, 'outreach_tenant.unmapped', tenantId))))
      throw notFound('mapped tenant');
  }
}

const entry = (actor: Actor, action: string, id: string): AuditEntry => ({
  actor,
  action,
  target: { type: 'outreach_tenant', id },
});
