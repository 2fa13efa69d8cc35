import type { SandboxBehaviour } from '@halyard/contracts/connections/provider-settings';
import type { Channel } from '@halyard/contracts/primitives';
import type { SandboxMessage, SandboxMessageDetail, SandboxQuery } from '@halyard/contracts/sandbox/routes';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { SandboxStore } from '@halyard/core/sandbox/sandbox';
import type { SandboxArrival, SandboxInboxWriter } from '@halyard/core/sandbox/sandbox-inbox';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';
import { positionIn, toPage } from './paging.js';
import type { SandboxInbox } from './schema.gen.js';

/** The sandbox inbox: written by the provider in the worker, read by requests. */
export class PgSandboxInbox implements SandboxInboxWriter, SandboxStore {
  constructor(private readonly database: Database) {}

  record(orgId: OrgId, arrival: SandboxArrival): Promise<{ arrived: boolean; alreadyArrived: boolean }> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<{ id: string; arrived: boolean; already: boolean }>`
        with before as (
          select arrived from sandbox_inbox
          where org_id = ${orgId} and connection_id = ${arrival.connectionId}
            and idempotency_key = ${arrival.idempotencyKey}
        )
        insert into sandbox_inbox (org_id, id, connection_id, message_id, idempotency_key, channel, recipient, sender,
          subject, payload, behaviour, arrived, received_at)
        values (${orgId}, ${randomIds()}, ${arrival.connectionId}, ${arrival.messageId}, ${arrival.idempotencyKey},
          ${arrival.channel}, ${arrival.recipient}, ${arrival.sender}, ${arrival.subject},
          ${JSON.stringify(arrival.payload)}, ${arrival.behaviour}, ${arrival.arrivesAtTry <= 1}, ${arrival.at.toISOString()})
        on conflict (org_id, connection_id, idempotency_key) do update
          set tries = sandbox_inbox.tries + 1, arrived = sandbox_inbox.arrived or sandbox_inbox.tries + 1 >= ${arrival.arrivesAtTry}
        returning id, arrived, coalesce((select arrived from before), false) as already`.execute(tx);
      const [row] = rows;
      if (!row) throw new Error('An insert that updates on conflict returns its row.');
      if (row.arrived && !row.already) await queueReports(tx, orgId, row.id, arrival);
      return { arrived: row.arrived, alreadyArrived: row.already };
    });
  }

  list(orgId: OrgId, query: SandboxQuery): Promise<Page<SandboxMessage>> {
    const after = positionIn(query.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      let found = tx
        .selectFrom('sandbox_inbox')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('arrived', '=', true);
      if (query.channel) found = found.where('channel', '=', query.channel);
      if (query.recipient)
        found = found.where(sql`strpos(lower(recipient), ${query.recipient.toLowerCase()})`, '>', 0);
      if (query.message_id) found = found.where('message_id', '=', query.message_id);
      if (after)
        found = found.where((where) =>
          where(
            where.refTuple('received_at', 'id'),
            '<',
            where.tuple(new Date(String(after[0])), String(after[1])),
          ),
        );
      const rows = await found
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(rows, query, toMessage, (row) => [row.received_at.toISOString(), row.id]);
    });
  }

  find(orgId: OrgId, id: string): Promise<SandboxMessageDetail | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('sandbox_inbox')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('arrived', '=', true)
        .executeTakeFirst();
      if (!row) return null;
      return { ...toMessage(row), payload: row.payload as SandboxMessageDetail['payload'] };
    });
  }

  async clear(orgId: OrgId): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      tx.deleteFrom('sandbox_inbox').where('org_id', '=', orgId).execute(),
    );
  }
}

async function queueReports(tx: Tx, orgId: OrgId, inboxId: string, arrival: SandboxArrival): Promise<void> {
  if (arrival.reports.length === 0) return;
  await tx
    .insertInto('sandbox_reports')
    .values(
      arrival.reports.map(({ type, detail }) => ({
        org_id: orgId,
        id: randomIds(),
        inbox_id: inboxId,
        connection_id: arrival.connectionId,
        message_id: arrival.messageId,
        type,
        detail: detail ?? null,
        due_at: arrival.at,
      })),
    )
    .execute();
}

const previewLength = 140;

const beginningOf = ({ text }: Partial<Record<string, unknown>>): string =>
  typeof text === 'string' ? text.replace(/\s+/g, ' ').trim().slice(0, previewLength) : '';

const toMessage = (row: Selectable<SandboxInbox>): SandboxMessage => ({
  id: row.id,
  connection_id: row.connection_id,
  message_id: row.message_id,
  channel: row.channel as Channel,
  recipient: row.recipient,
  sender: row.sender,
  subject: row.subject,
  preview: beginningOf(row.payload as Partial<Record<string, unknown>>),
  behaviour: row.behaviour as SandboxBehaviour,
  tries: row.tries,
  received_at: row.received_at.toISOString(),
});
