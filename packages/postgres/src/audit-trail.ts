import type { AuditQuery, AuditRecord, AuditVerification } from '@halyard/contracts/audit/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId, UserId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database } from './database.js';
import { positionIn, toPage } from './paging.js';
import type { AuditLog } from './schema.gen.js';

/** Reads the audit log, and writes what a person changed about themselves. */
export class PgAuditTrail {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: AuditQuery): Promise<Page<AuditRecord>> {
    const before = positionIn(query.cursor, 1);
    return this.database.forOrg(orgId, async (tx) => {
      let rows = tx.selectFrom('audit_log').selectAll().where('org_id', '=', orgId);
      if (before) rows = rows.where('seq', '<', Number(before[0]));
      if (query.action) rows = rows.where('action', '=', query.action);
      for (const column of ['actor_id', 'target_type', 'target_id'] as const) {
        const wanted = query[column];
        if (wanted) rows = rows.where(column, '=', wanted);
      }
      const found = await rows
        .orderBy('seq', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(found, query, toRecord, (row) => [row.seq]);
    });
  }

  verify(orgId: OrgId): Promise<AuditVerification> {
    return verifyAuditTrail(this.database, orgId);
  }

  /** A change that a person made to their account concerns every organization they work in: each log gets it. */
  async recordForUser(userId: UserId, entry: AuditEntry): Promise<void> {
    const memberships = await this.database.outside((db) =>
      db.selectFrom('auth.member').select('organizationId').where('userId', '=', userId).execute(),
    );
    for (const { organizationId } of memberships) {
      const orgId = organizationId as OrgId;
      await this.database.forOrg(orgId, (tx) => appendAudit(tx, orgId, entry));
    }
  }
}

/**
 * Recomputes the chain of an organization's audit log and names the first record that is not as it was written, or that
 * misses its predecessor. Records cut off at the end leave a chain that is intact: keep `head` and `checked` of an
 * earlier run outside the database, and compare.
 */
export function verifyAuditTrail(database: Database, orgId: OrgId): Promise<AuditVerification> {
  return database.forOrg(orgId, async (tx) => {
    const { rows } = await sql<{
      checked: number;
      head: string | null;
      seq: number | null;
      changed: boolean;
    }>`
      with chain as (
        select seq, hash,
          hash <> audit_row_hash(audit_log) as changed,
          prev_hash <> coalesce(lag(hash) over (order by seq), ''::bytea)
            or seq <> coalesce(lag(seq) over (order by seq), 0) + 1 as detached
        from audit_log where org_id = ${orgId}
      ), broken as (
        select seq, changed from chain where changed or detached order by seq limit 1
      )
      select (select count(*) from chain) as checked,
        (select encode(hash, 'hex') from chain order by seq desc limit 1) as head,
        broken.seq, broken.changed
      from (select) as always left join broken on true`.execute(tx);
    const result = rows[0];
    if (!result) throw new Error('The verification of the audit log gave no answer.');
    const { checked, head, seq, changed } = result;
    if (seq === null) return { intact: true, checked, head, broken_at: null, reason: null };
    const reason = changed
      ? `Record ${seq} is not as it was written.`
      : `Record ${seq} does not follow the one before it: something was removed or put in.`;
    return { intact: false, checked, head, broken_at: seq, reason };
  });
}

const toRecord = (row: Selectable<AuditLog>): AuditRecord => ({
  seq: row.seq,
  at: row.at.toISOString(),
  actor: { type: row.actor_type as AuditRecord['actor']['type'], id: row.actor_id, name: row.actor_name },
  action: row.action,
  target: row.target_type && row.target_id ? { type: row.target_type, id: row.target_id } : null,
  changes: row.changes as AuditRecord['changes'],
  request_id: row.request_id,
  hash: row.hash.toString('hex'),
});
