import type { OutreachItem, OutreachState } from '@halyard/contracts/outreach/item';
import type { OutreachQuery } from '@halyard/contracts/outreach/routes';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { positionIn, toPage } from './paging.js';

interface StateRow {
  id: string;
  item: OutreachItem;
  contact_id: string | null;
  message_id: string | null;
  state: 'waiting' | 'released' | 'cancelled';
  reason: string | null;
  check_at: Date | null;
  created_at: Date;
  status: string | null;
  message_reason: string | null;
  last_error: { code?: string; detail?: string; message?: string } | null;
  due_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
}

const selectStates = sql`
  select items.id, items.item, items.contact_id, items.message_id, items.state, items.reason, items.check_at,
    items.created_at, messages.status, messages.reason as message_reason, messages.last_error, messages.due_at,
    messages.sent_at, messages.delivered_at
  from outreach_items items
  left join messages on messages.org_id = items.org_id and messages.id = items.message_id`;

export async function readState(tx: Tx, orgId: OrgId, id: string): Promise<OutreachState | null> {
  const { rows } = await sql<StateRow>`
    ${selectStates} where items.org_id = ${orgId} and items.id = ${id}`.execute(tx);
  return rows[0] ? toState(rows[0]) : null;
}

/** Of one sequence by step; else the newest first. */
export async function listStates(tx: Tx, orgId: OrgId, query: OutreachQuery): Promise<Page<OutreachState>> {
  const after = positionIn(query.cursor, 2);
  const contact = query.contact_id ?? null;
  const ofContact = sql`(${contact}::uuid is null or items.contact_id = ${contact})`;
  const { rows } = await (query.sequence_id
    ? sql<StateRow>`${selectStates}
        where items.org_id = ${orgId} and items.sequence_id = ${query.sequence_id} and ${ofContact}
          and (${after === null} or (items.step, items.id) > (${after?.[0] ?? null}::int, ${after?.[1] ?? null}::uuid))
        order by items.step, items.id limit ${query.limit + 1}`
    : sql<StateRow>`${selectStates}
        where items.org_id = ${orgId} and ${ofContact}
          and (${after === null} or (items.created_at, items.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
        order by items.created_at desc, items.id desc limit ${query.limit + 1}`
  ).execute(tx);
  return toPage(rows, query, toState, (row) => [
    query.sequence_id ? row.item.step : row.created_at.toISOString(),
    row.id,
  ]);
}

const toState = (row: StateRow): OutreachState => ({
  id: row.id,
  status: row.state === 'released' ? (row.status ?? 'scheduled') : row.state,
  error: errorOf(row),
  channel: row.item.channel,
  user_id: row.item.user_id,
  contact_id: row.contact_id,
  message_id: row.message_id,
  sequence_id: row.item.sequence_id,
  step: row.item.step,
  schedule_at: row.item.schedule_at,
  due_at: (row.due_at ?? row.check_at)?.toISOString() ?? null,
  sent_at: row.sent_at?.toISOString() ?? null,
  delivered_at: row.delivered_at?.toISOString() ?? null,
  accepted_at: row.created_at.toISOString(),
});

/** What went wrong, if something did: a message that is deferred or tried again shows why as well. */
function errorOf({ reason, message_reason, last_error, status }: StateRow): string | null {
  if (status === 'sent' || status === 'delivered') return null;
  return reason ?? message_reason ?? last_error?.detail ?? last_error?.message ?? last_error?.code ?? null;
}
