import type { Membership } from '@halyard/contracts/access/account';
import type { OrganizationLook } from '@halyard/contracts/organizations/look';
import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type {
  Organization,
  OrganizationInput,
  OrganizationPatch,
} from '@halyard/contracts/organizations/routes';
import type { Actor, AuditEntry } from '../actor.js';
import { notFound } from '../domain-error.js';
import type { Ids, OrgId, UserId } from '../ids.js';

/** What organizations need of the database. `audit` is written in the transaction of the change. */
export interface OrganizationStore {
  insert(orgId: OrgId, input: OrganizationInput, owner: UserId, audit: AuditEntry): Promise<Organization>;
  find(orgId: OrgId): Promise<Organization | null>;
  update(orgId: OrgId, patch: OrganizationPatch, audit: AuditEntry): Promise<Organization | null>;
  readPolicy(orgId: OrgId): Promise<OrganizationPolicy | null>;
  replacePolicy(orgId: OrgId, policy: OrganizationPolicy, audit: AuditEntry): Promise<boolean>;
  readLook(orgId: OrgId): Promise<OrganizationLook>;
  replaceLook(orgId: OrgId, look: OrganizationLook, audit: AuditEntry): Promise<void>;
  membershipsOf(userId: UserId): Promise<Membership[]>;
}

/** Tenants: their settings and their rules for sending. */
export class Organizations {
  constructor(
    private readonly store: OrganizationStore,
    private readonly newId: Ids,
  ) {}

  /** Makes the organization with its settings; the user becomes its owner. */
  create(input: OrganizationInput, owner: UserId, actor: Actor): Promise<Organization> {
    const orgId = this.newId<OrgId>();
    return this.store.insert(orgId, input, owner, entry(orgId, actor, 'organization.created', input));
  }

  membershipsOf(userId: UserId): Promise<Membership[]> {
    return this.store.membershipsOf(userId);
  }

  async read(orgId: OrgId): Promise<Organization> {
    return (await this.store.find(orgId)) ?? missing();
  }

  async update(orgId: OrgId, patch: OrganizationPatch, actor: Actor): Promise<Organization> {
    const audit = entry(orgId, actor, 'organization.updated', patch);
    return (await this.store.update(orgId, patch, audit)) ?? missing();
  }

  async readPolicy(orgId: OrgId): Promise<OrganizationPolicy> {
    return (await this.store.readPolicy(orgId)) ?? missing();
  }

  async replacePolicy(orgId: OrgId, policy: OrganizationPolicy, actor: Actor): Promise<OrganizationPolicy> {
    const audit = entry(orgId, actor, 'organization.policy_replaced', policy);
    if (!(await this.store.replacePolicy(orgId, policy, audit))) missing();
    return policy;
  }

  readLook(orgId: OrgId): Promise<OrganizationLook> {
    return this.store.readLook(orgId);
  }

  /** The audit log says that there is a logo, not which: it would be the largest thing in it. */
  async replaceLook(orgId: OrgId, look: OrganizationLook, actor: Actor): Promise<OrganizationLook> {
    const changes = { ...look, logo: look.logo && `${look.logo.slice(0, look.logo.indexOf(';'))}, …` };
    await this.store.replaceLook(orgId, look, entry(orgId, actor, 'organization.look_replaced', changes));
    return look;
  }
}

const entry = (orgId: OrgId, actor: Actor, action: string, changes: Record<string, unknown>): AuditEntry => ({
  actor,
  action,
  target: { type: 'organization', id: orgId },
  changes,
});

function missing(): never {
  throw notFound('organization');
}
