import type { Session } from '@halyard/contracts/access/account';
import type { Role } from '@halyard/contracts/route';
import type { OrgId, SessionId, UserId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database } from './database.js';

/** A session that has not ended, with whose it is. `token` is better-auth's own secret for it. */
export interface LiveSession {
  id: SessionId;
  token: string;
  userId: UserId;
  email: string;
  name: string;
  emailVerified: boolean;
  createdAt: Date;
}

/** Reads and ends better-auth's sessions; better-auth alone makes them. */
export class PgSessions {
  constructor(private readonly database: Database) {}

  find(id: SessionId): Promise<LiveSession | null> {
    return this.#findBy('session.id', id);
  }

  findByToken(token: string): Promise<LiveSession | null> {
    return this.#findBy('session.token', token);
  }

  list(userId: UserId, current: SessionId): Promise<Session[]> {
    return this.database.outside(async (db) => {
      const rows = await db
        .selectFrom('auth.session')
        .selectAll()
        .where('userId', '=', userId)
        .where('expiresAt', '>', sql<Date>`now()`)
        .orderBy('createdAt', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        created_at: row.createdAt.toISOString(),
        last_seen_at: row.updatedAt.toISOString(),
        expires_at: row.expiresAt.toISOString(),
        ip_address: row.ipAddress,
        user_agent: row.userAgent,
        current: row.id === current,
      }));
    });
  }

  /** Ends one session of this user; false when they have no such session. */
  end(userId: UserId, id: SessionId): Promise<boolean> {
    return this.database.outside(async (db) => {
      const { numDeletedRows } = await db
        .deleteFrom('auth.session')
        .where('userId', '=', userId)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    });
  }

  async endOthers(userId: UserId, kept: SessionId): Promise<void> {
    await this.database.outside((db) =>
      db.deleteFrom('auth.session').where('userId', '=', userId).where('id', '!=', kept).execute(),
    );
  }

  /** Removes a few sessions, refresh tokens and one-time tokens that are long over: called with each log-in, so that none pile up. */
  async sweep(): Promise<void> {
    await this.database.outside((db) =>
      sql`
        with sessions as (
          delete from auth.session where id in (
            select id from auth.session where "expiresAt" < now() limit 20 for update skip locked)
        ), tokens as (
          delete from auth.refresh_tokens where token_hash in (
            select token_hash from auth.refresh_tokens where expires_at < now() limit 100 for update skip locked)
        )
        delete from auth.verification where id in (
          select id from auth.verification where "expiresAt" < now() limit 20 for update skip locked)`.execute(
        db,
      ),
    );
  }

  async activate(id: SessionId, orgId: OrgId): Promise<void> {
    await this.database.outside((db) =>
      db.updateTable('auth.session').set({ activeOrganizationId: orgId }).where('id', '=', id).execute(),
    );
  }

  /** The organization that is active in this session while its user is a member, else the only one they are in. */
  defaultOrganization(userId: UserId, id: SessionId): Promise<OrgId | null> {
    return this.database.outside(async (db) => {
      const memberships = await db
        .selectFrom('auth.member as member')
        .leftJoin('auth.session as session', (join) =>
          join.onRef('session.activeOrganizationId', '=', 'member.organizationId').on('session.id', '=', id),
        )
        .select(['member.organizationId', 'session.id as activeIn'])
        .where('member.userId', '=', userId)
        .execute();
      const active = memberships.find((membership) => membership.activeIn);
      const only = memberships.length === 1 ? memberships[0] : undefined;
      return ((active ?? only)?.organizationId ?? null) as OrgId | null;
    });
  }

  roleOf(userId: UserId, orgId: OrgId): Promise<Role | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.member')
        .select('role')
        .where('organizationId', '=', orgId)
        .where('userId', '=', userId)
        .executeTakeFirst();
      return (row?.role ?? null) as Role | null;
    });
  }

  #findBy(column: 'session.id' | 'session.token', value: string): Promise<LiveSession | null> {
    return this.database.outside(async (db) => {
      const row = await db
        .selectFrom('auth.session as session')
        .innerJoin('auth.user as user', 'user.id', 'session.userId')
        .select(['session.id', 'session.token', 'session.createdAt', 'user.id as userId'])
        .select(['user.email', 'user.name', 'user.emailVerified'])
        .where(column, '=', value)
        .where('session.expiresAt', '>', sql<Date>`now()`)
        .executeTakeFirst();
      return row ? { ...row, id: row.id as SessionId, userId: row.userId as UserId } : null;
    });
  }
}
