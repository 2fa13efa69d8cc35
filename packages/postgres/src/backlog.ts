import type { BacklogStore } from '@halyard/core/events/backlog';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database } from './database.js';

export class PgBacklogStore implements BacklogStore {
  constructor(private readonly database: Database) {}

  undecided(orgId: OrgId, upTo: number): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from (
          select from pending_events where org_id = ${orgId} limit ${upTo}
        ) waiting`.execute(tx);
      return rows[0]?.n ?? 0;
    });
  }
}
