import type { Member } from '@halyard/contracts/organizations/members';
import type { Role } from '@halyard/contracts/route';
import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId, UserId } from '@halyard/core/ids';
import type { MemberRefusal, MemberStore } from '@halyard/core/organizations/members';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';

export class PgMemberStore implements MemberStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId): Promise<Member[]> {
    return this.database.forOrg(orgId, async (tx) => (await membersIn(tx, orgId).execute()).map(toMember));
  }

  changeRole(
    orgId: OrgId,
    id: UserId,
    role: Role,
    by: Role,
    audit: AuditEntry,
  ): Promise<Member | MemberRefusal> {
    return this.database.forOrg(orgId, async (tx) => {
      const refusal = await refusalOf(tx, orgId, id, by, role !== 'owner');
      if (refusal) return refusal;
      await tx
        .updateTable('auth.member')
        .set({ role })
        .where('organizationId', '=', orgId)
        .where('userId', '=', id)
        .execute();
      await appendAudit(tx, orgId, audit);
      return toMember(await membersIn(tx, orgId).where('user.id', '=', id).executeTakeFirstOrThrow());
    });
  }

  remove(orgId: OrgId, id: UserId, by: Role, audit: AuditEntry): Promise<'removed' | MemberRefusal> {
    return this.database.forOrg(orgId, async (tx) => {
      const refusal = await refusalOf(tx, orgId, id, by, true);
      if (refusal) return refusal;
      await tx
        .deleteFrom('auth.member')
        .where('organizationId', '=', orgId)
        .where('userId', '=', id)
        .execute();
      await appendAudit(tx, orgId, audit);
      return 'removed' as const;
    });
  }
}

/** Why this member may not be changed. All owners stay locked, so that no two transactions count the same ones. */
async function refusalOf(
  tx: Tx,
  orgId: OrgId,
  id: UserId,
  by: Role,
  losesOwnership: boolean,
): Promise<MemberRefusal | null> {
  const rows = await tx
    .selectFrom('auth.member')
    .select(['userId', 'role'])
    .where('organizationId', '=', orgId)
    .where((where) => where.or([where('role', '=', 'owner'), where('userId', '=', id)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const member = rows.find((row) => row.userId === id);
  if (!member) return 'missing';
  if (member.role !== 'owner') return null;
  if (by !== 'owner') return 'needs_owner';
  const owners = rows.filter((row) => row.role === 'owner');
  return losesOwnership && owners.length === 1 ? 'last_owner' : null;
}

const membersIn = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('auth.member as member')
    .innerJoin('auth.user as user', 'user.id', 'member.userId')
    .select(['user.id', 'user.email', 'user.name', 'member.role', 'member.createdAt'])
    .where('member.organizationId', '=', orgId)
    .orderBy('member.createdAt');

type MemberRow = { id: string; email: string; name: string; role: string; createdAt: Date };

const toMember = (row: MemberRow): Member => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role as Role,
  joined_at: row.createdAt.toISOString(),
});
