import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import type { Database } from '../database.js';

/** Sources of any organization that are to be polled; needs the worker's database. */
export class PgDueSources {
  constructor(private readonly worker: Database) {}

  due(now: Date): Promise<{ orgId: OrgId; id: OutreachSourceId }[]> {
    return this.worker.across(async (tx) => {
      const rows = await tx
        .selectFrom('outreach_sources')
        .select(['org_id', 'id'])
        .where('active', '=', true)
        .where('next_poll_at', '<=', now)
        .orderBy('next_poll_at')
        .limit(500)
        .execute();
      return rows.map((row) => ({ orgId: row.org_id as OrgId, id: row.id as OutreachSourceId }));
    });
  }
}
