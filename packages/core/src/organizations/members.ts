import type { Member } from '@halyard/contracts/organizations/members';
import type { Role } from '@halyard/contracts/route';
import type { Actor, AuditEntry } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId, UserId } from '../ids.js';

/** Why a change of the members was not made. */
export type MemberRefusal = 'missing' | 'needs_owner' | 'last_owner';

/**
 * What members need of the database. `by` is the role of who changes: only an owner changes owners. The store decides
 * that, and which owner is the last, under a lock: two owners who leave at the same moment do not both succeed.
 */
export interface MemberStore {
  list(orgId: OrgId): Promise<Member[]>;
  changeRole(
    orgId: OrgId,
    id: UserId,
    role: Role,
    by: Role,
    audit: AuditEntry,
  ): Promise<Member | MemberRefusal>;
  remove(orgId: OrgId, id: UserId, by: Role, audit: AuditEntry): Promise<'removed' | MemberRefusal>;
}

/** Who belongs to an organization, and as what. */
export class Members {
  constructor(private readonly store: MemberStore) {}

  async list(orgId: OrgId): Promise<{ items: Member[] }> {
    return { items: await this.store.list(orgId) };
  }

  async changeRole(orgId: OrgId, id: UserId, role: Role, by: Role, actor: Actor): Promise<Member> {
    if (role === 'owner' && by !== 'owner') refuse('needs_owner');
    const audit = { actor, action: 'member.role_changed', target: { type: 'user', id }, changes: { role } };
    const result = await this.store.changeRole(orgId, id, role, by, audit);
    return typeof result === 'string' ? refuse(result) : result;
  }

  async remove(orgId: OrgId, id: UserId, by: Role, actor: Actor): Promise<void> {
    const audit = { actor, action: 'member.removed', target: { type: 'user', id } };
    const result = await this.store.remove(orgId, id, by, audit);
    if (result !== 'removed') refuse(result);
  }

  async leave(orgId: OrgId, id: UserId, role: Role, actor: Actor): Promise<void> {
    const audit = { actor, action: 'member.left', target: { type: 'user', id } };
    const result = await this.store.remove(orgId, id, role, audit);
    if (result !== 'removed') refuse(result);
  }
}

function refuse(refusal: MemberRefusal): never {
  switch (refusal) {
    case 'missing':
      throw notFound('member');
    case 'needs_owner':
      throw new DomainError('forbidden', 'Only an owner makes, changes or removes owners. Ask one of them.');
    case 'last_owner':
      throw new DomainError(
        'invalid_state',
        'An organization keeps at least one owner. Make another member owner first.',
      );
  }
}
