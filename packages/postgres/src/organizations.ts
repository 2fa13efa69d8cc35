import type { Membership } from '@halyard/contracts/access/account';
import type { OrganizationLook } from '@halyard/contracts/organizations/look';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type {
  Organization,
  OrganizationInput,
  OrganizationPatch,
} from '@halyard/contracts/organizations/routes';
import type { Role } from '@halyard/contracts/route';
import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId, UserId } from '@halyard/core/ids';
import type { OrganizationStore } from '@halyard/core/organizations/organizations';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import type { OrganizationSettings } from './schema.gen.js';

export class PgOrganizationStore implements OrganizationStore {
  constructor(private readonly database: Database) {}

  insert(orgId: OrgId, input: OrganizationInput, owner: UserId, audit: AuditEntry): Promise<Organization> {
    return this.database.forOrg(orgId, async (tx) => {
      const now = new Date();
      await tx
        .insertInto('auth.organization')
        .values({ id: orgId, name: input.name, slug: orgId, createdAt: now })
        .execute();
      await tx
        .insertInto('auth.member')
        .values({ organizationId: orgId, userId: owner, role: 'owner', createdAt: now })
        .execute();
      const row = await tx
        .insertInto('organization_settings')
        .values({ org_id: orgId, ...input })
        .returningAll()
        .executeTakeFirstOrThrow();
      await appendAudit(tx, orgId, audit);
      return toOrganization(row);
    });
  }

  find(orgId: OrgId): Promise<Organization | null> {
    return this.#settings(orgId, toOrganization);
  }

  update(orgId: OrgId, patch: OrganizationPatch, audit: AuditEntry): Promise<Organization | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('organization_settings')
        .set({ ...patch, updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      if (patch.name)
        await tx.updateTable('auth.organization').set({ name: patch.name }).where('id', '=', orgId).execute();
      await appendAudit(tx, orgId, audit);
      return toOrganization(row);
    });
  }

  readPolicy(orgId: OrgId): Promise<OrganizationPolicy | null> {
    return this.#settings(orgId, (row) => OrganizationPolicy.parse(row.policy));
  }

  replacePolicy(orgId: OrgId, policy: OrganizationPolicy, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('organization_settings')
        .set({ policy: JSON.stringify(policy), updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await appendAudit(tx, orgId, audit);
      return true;
    });
  }

  readLook(orgId: OrgId): Promise<OrganizationLook> {
    return this.database.forOrg(orgId, (tx) => readLook(tx, orgId));
  }

  replaceLook(orgId: OrgId, look: OrganizationLook, audit: AuditEntry): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      await tx
        .insertInto('organization_looks')
        .values({ org_id: orgId, ...look })
        .onConflict((conflict) => conflict.column('org_id').doUpdateSet({ ...look, updated_at: sql`now()` }))
        .execute();
      await appendAudit(tx, orgId, audit);
    });
  }

  membershipsOf(userId: UserId): Promise<Membership[]> {
    return this.database.outside(async (db) => {
      const rows = await db
        .selectFrom('auth.member as member')
        .innerJoin('auth.organization as organization', 'organization.id', 'member.organizationId')
        .select(['organization.id', 'organization.name', 'member.role'])
        .where('member.userId', '=', userId)
        .orderBy('member.createdAt')
        .execute();
      return rows.map(({ id, name, role }) => ({ organization: { id, name }, role: role as Role }));
    });
  }

  #settings<T>(orgId: OrgId, read: (row: Selectable<OrganizationSettings>) => T): Promise<T | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('organization_settings')
        .selectAll()
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      return row ? read(row) : null;
    });
  }
}

/** Of an organization that has not chosen: everything null. */
export async function readLook(tx: Tx, orgId: OrgId): Promise<OrganizationLook> {
  const look = await tx
    .selectFrom('organization_looks')
    .select(['brand_color', 'logo'])
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return look ?? { brand_color: null, logo: null };
}

const toOrganization = (row: Selectable<OrganizationSettings>): Organization => ({
  id: row.org_id,
  name: row.name,
  time_zone: row.time_zone,
  locale: row.locale,
  country: row.country,
  postal_address: row.postal_address,
  website: row.website,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});
