import type { Invitation } from '@halyard/contracts/organizations/members';
import type { Role } from '@halyard/contracts/route';
import type { Actor, AuditEntry } from '@halyard/core/actor';
import type { InvitationId, OrgId, UserId } from '@halyard/core/ids';
import type {
  Acceptance,
  InvitationProof,
  InvitationStore,
  NewInvitation,
} from '@halyard/core/organizations/invitations';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import type { DB } from './schema.gen.js';

export class PgInvitationStore implements InvitationStore {
  constructor(private readonly database: Database) {}

  listOpen(orgId: OrgId): Promise<Invitation[]> {
    return this.database.outside(async (db) => {
      const rows = await openInvitations(db).where('invitation.organizationId', '=', orgId).execute();
      return rows.map(toInvitation);
    });
  }

  listFor(userId: UserId): Promise<Invitation[]> {
    return this.database.outside(async (db) => {
      const rows = await openInvitations(db)
        .innerJoin('auth.user as invited', (join) =>
          join
            .on(sql<boolean>`lower(invited.email) = lower(invitation.email)`)
            .on('invited.emailVerified', '=', true),
        )
        .where('invited.id', '=', userId)
        .execute();
      return rows.map(toInvitation);
    });
  }

  insert(
    orgId: OrgId,
    invitation: NewInvitation,
    audit: AuditEntry,
  ): Promise<{ invitation: Invitation; locale: string | null } | 'member'> {
    return this.database.forOrg(orgId, async (tx) => {
      if (await isMember(tx, orgId, invitation.email)) return 'member' as const;
      await tx
        .updateTable('auth.invitation')
        .set({ status: 'cancelled' })
        .where('organizationId', '=', orgId)
        .where('status', '=', 'pending')
        .where(sql<boolean>`lower(email) = ${invitation.email}`)
        .execute();
      const { invitedBy, ...columns } = invitation;
      await tx
        .insertInto('auth.invitation')
        .values({ ...columns, organizationId: orgId, status: 'pending', inviterId: invitedBy })
        .execute();
      await appendAudit(tx, orgId, audit);
      const row = await openInvitations(tx)
        .where('invitation.id', '=', invitation.id)
        .executeTakeFirstOrThrow();
      const settings = await tx
        .selectFrom('organization_settings')
        .select('locale')
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      return { invitation: toInvitation(row), locale: settings?.locale ?? null };
    });
  }

  cancel(orgId: OrgId, id: InvitationId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('auth.invitation')
        .set({ status: 'cancelled' })
        .where('organizationId', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await appendAudit(tx, orgId, audit);
      return true;
    });
  }

  addressOf(tokenHash: Buffer): Promise<string | null> {
    return this.database.outside(async (db) => {
      const row = await openInvitations(db).where('invitation.tokenHash', '=', tokenHash).executeTakeFirst();
      return row?.email ?? null;
    });
  }

  async accept(userId: UserId, proof: InvitationProof, actor: Actor): Promise<Acceptance> {
    const orgId = await this.#organizationOf(proof);
    if (!orgId) return 'missing';
    return this.database
      .forOrg(orgId, async (tx) => {
        const user = await tx
          .selectFrom('auth.user')
          .select(['email', 'emailVerified'])
          .where('id', '=', userId)
          .executeTakeFirstOrThrow();
        const byToken = 'tokenHash' in proof;
        const invitation = await tx
          .updateTable('auth.invitation')
          .set({ status: 'accepted' })
          .where('organizationId', '=', orgId)
          .where('status', '=', 'pending')
          .where('expiresAt', '>', sql<Date>`now()`)
          .where(sql<boolean>`lower(email) = lower(${user.email})`)
          .where((where) => (byToken ? where('tokenHash', '=', proof.tokenHash) : where('id', '=', proof.id)))
          .returning(['id', 'role', 'handedOver'])
          .executeTakeFirst();
        if (!invitation) return 'missing' as const;
        if (!byToken && !user.emailVerified) throw new Unverified();
        const role = invitation.role as Role;
        await admit(tx, orgId, userId, role, byToken && !invitation.handedOver);
        const target = { type: 'invitation', id: invitation.id };
        await appendAudit(tx, orgId, { actor, action: 'invitation.accepted', target, changes: { role } });
        return { organizationId: orgId, role };
      })
      .catch((error: unknown) => {
        if (error instanceof Unverified) return 'unverified' as const;
        throw error;
      });
  }

  #organizationOf(proof: InvitationProof): Promise<OrgId | null> {
    return this.database.outside(async (db) => {
      const row = await openInvitations(db)
        .where((where) =>
          'id' in proof
            ? where('invitation.id', '=', proof.id)
            : where('invitation.tokenHash', '=', proof.tokenHash),
        )
        .executeTakeFirst();
      return (row?.organizationId ?? null) as OrgId | null;
    });
  }
}

/** Takes the acceptance back with its transaction. */
class Unverified extends Error {}

async function admit(tx: Tx, orgId: OrgId, userId: UserId, role: Role, verifies: boolean): Promise<void> {
  await tx
    .insertInto('auth.member')
    .values({ organizationId: orgId, userId, role, createdAt: new Date() })
    .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doNothing())
    .execute();
  if (verifies)
    await tx.updateTable('auth.user').set({ emailVerified: true }).where('id', '=', userId).execute();
}

async function isMember(tx: Tx, orgId: OrgId, email: string): Promise<boolean> {
  const row = await tx
    .selectFrom('auth.member as member')
    .innerJoin('auth.user as user', 'user.id', 'member.userId')
    .select('user.id')
    .where('member.organizationId', '=', orgId)
    .where(sql<boolean>`lower("user".email) = ${email}`)
    .executeTakeFirst();
  return row !== undefined;
}

const openInvitations = (db: Kysely<DB>) =>
  db
    .selectFrom('auth.invitation as invitation')
    .innerJoin('auth.organization as organization', 'organization.id', 'invitation.organizationId')
    .leftJoin('auth.user as inviter', 'inviter.id', 'invitation.inviterId')
    .select(['invitation.id', 'invitation.email', 'invitation.role', 'invitation.organizationId'])
    .select(['invitation.createdAt', 'invitation.expiresAt'])
    .select(['organization.name as organization', 'inviter.name as inviter'])
    .where('invitation.status', '=', 'pending')
    .where('invitation.expiresAt', '>', sql<Date>`now()`)
    .orderBy('invitation.createdAt', 'desc');

interface InvitationRow {
  id: string;
  email: string;
  role: string | null;
  organizationId: string;
  organization: string;
  inviter: string | null;
  createdAt: Date;
  expiresAt: Date;
}

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role as Role,
  organization: { id: row.organizationId, name: row.organization },
  invited_by: row.inviter,
  created_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt.toISOString(),
});
