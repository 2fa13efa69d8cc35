import type { Channel } from '@halyard/contracts/primitives';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import type { QueuedReport, SandboxReportQueue } from '@halyard/core/sandbox/sandbox-reports';
import { sql } from 'kysely';
import type { Database } from './database.js';

interface ReportRow {
  org_id: OrgId;
  id: string;
  connection_id: ConnectionId;
  message_id: MessageId;
  type: ProviderReport['type'];
  detail: string | null;
  due_at: Date;
  channel: Channel;
  recipient: string;
  idempotency_key: string;
}

/** The sandbox's reports that are due; needs the worker's database. */
export class PgSandboxReportQueue implements SandboxReportQueue {
  constructor(private readonly worker: Database) {}

  take(now: Date, limit: number, apply: (reports: QueuedReport[]) => Promise<void>): Promise<number> {
    return this.worker.across(async (tx) => {
      // While an attempt is under way its outcome is not recorded; a report about it waits for the next round.
      const { rows } = await sql<ReportRow>`
        select r.org_id, r.id, r.connection_id, r.message_id, r.type, r.detail, i.channel, i.recipient, i.idempotency_key,
          -- Made while the call was under way: nothing is delivered before it was sent.
          greatest(r.due_at, m.sent_at) as due_at
        from sandbox_reports r
        join sandbox_inbox i on i.org_id = r.org_id and i.id = r.inbox_id
        left join messages m on m.org_id = r.org_id and m.id = r.message_id
        where r.due_at <= ${now.toISOString()} and m.status is distinct from 'sending'
        order by r.due_at, r.id
        limit ${limit} for update of r skip locked`.execute(tx);
      if (rows.length === 0) return 0;
      await apply(rows.map(toQueued));
      await sql`
        delete from sandbox_reports
        where org_id = any (${rows.map((row) => row.org_id)}::uuid[])
          and id = any (${rows.map((row) => row.id)}::uuid[])`.execute(tx);
      return rows.length;
    });
  }
}

const toQueued = (row: ReportRow): QueuedReport => ({
  orgId: row.org_id,
  connectionId: row.connection_id,
  report: {
    key: row.id,
    type: row.type,
    occurredAt: row.due_at,
    providerMessageId: row.idempotency_key,
    messageId: row.message_id,
    channel: row.channel,
    address: row.recipient,
    ...(row.detail ? { detail: row.detail } : {}),
    raw: { sandbox: true },
  },
});
