import type { HealthStore, Pulse, WatchedN8n } from '@halyard/core/alerts/health';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database } from '../database.js';

/** What every n8n answered, for the worker that asks them. */
export class PgHealthStore implements HealthStore {
  constructor(private readonly database: Database) {}

  connections(orgId: OrgId, before: Date): Promise<WatchedN8n[]> {
    return this.database.across(async (tx) => {
      const { rows } = await sql<{ id: ConnectionId; base_url: string }>`
        select c.id, c.settings->>'base_url' as base_url
        from connections c left join connection_health h on h.org_id = c.org_id and h.connection_id = c.id
        where c.org_id = ${orgId} and c.provider = 'n8n' and c.status = 'active'
          and c.settings->>'base_url' is not null and coalesce(h.checked_at <= ${before}, true)
        limit 100`.execute(tx);
      return rows.map(({ id, base_url }) => ({ connectionId: id, baseUrl: base_url }));
    });
  }

  /** A connection that was removed meanwhile is left out. */
  record(
    orgId: OrgId,
    pulses: readonly { connectionId: ConnectionId; pulse: Pulse }[],
    now: Date,
  ): Promise<void> {
    const rows = pulses.map(({ connectionId, pulse }) => ({
      connection_id: connectionId,
      healthy: pulse.healthy,
      detail: pulse.healthy ? null : pulse.detail,
    }));
    return this.database.across(async (tx) => {
      await sql`
        insert into connection_health as h (org_id, connection_id, healthy, checked_at, failing_since, failures, detail)
        select c.org_id, c.id, given.healthy, ${now}, case when given.healthy then null else ${now}::timestamptz end,
          case when given.healthy then 0 else 1 end, given.detail
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as given (connection_id uuid, healthy boolean, detail text)
        join connections c on c.org_id = ${orgId} and c.id = given.connection_id
        on conflict (org_id, connection_id) do update set
          healthy = excluded.healthy, checked_at = excluded.checked_at, detail = excluded.detail,
          failing_since = case when excluded.healthy then null else coalesce(h.failing_since, excluded.checked_at) end,
          failures = case when excluded.healthy then 0 else h.failures + 1 end`.execute(tx);
    });
  }
}
