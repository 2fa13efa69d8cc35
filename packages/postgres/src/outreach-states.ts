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
  error: string | null;
  check_at: Date | null;
  created_at: Date;
  status: string | null;
  due_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
}

/**
 * What went wrong with an item `i` or its message `m`, if something did: the reason and, where somebody was asked, their
 * words. A message that is deferred or tried again shows why as well.
 */
export const itemError = sql<string | null>`
  case when m.status in ('sent', 'delivered') then null
    else nullif(concat_ws(': ', coalesce(i.reason, m.reason),
      coalesce(m.last_error->>'detail', m.last_error->>'message', m.last_error->>'code')), '') end`;

const selectStates = sql`
  select i.id, i.item, i.contact_id, i.message_id, i.state, ${itemError} as error, i.check_at, i.created_at, m.status,
    m.due_at, m.sent_at, m.delivered_at
  from outreach_items i
  left join messages m on m.org_id = i.org_id and m.id = i.message_id`;

export async function readState(tx: Tx, orgId: OrgId, id: string): Promise<OutreachState | null> {
  const { rows } = await sql<StateRow>`
    ${selectStates} where i.org_id = ${orgId} and i.id = ${id}`.execute(tx);
  return rows[0] ? toState(rows[0]) : null;
}

/** Of one sequence by step; else the newest first. */
export async function listStates(tx: Tx, orgId: OrgId, query: OutreachQuery): Promise<Page<OutreachState>> {
  const after = positionIn(query.cursor, 2);
  const contact = query.contact_id ?? null;
  const ofContact = sql`(${contact}::uuid is null or i.contact_id = ${contact})`;
  const { rows } = await (query.sequence_id
    ? sql<StateRow>`${selectStates}
        where i.org_id = ${orgId} and i.sequence_id = ${query.sequence_id} and ${ofContact}
          and (${after === null} or (i.step, i.id) > (${after?.[0] ?? null}::int, ${after?.[1] ?? null}::uuid))
        order by i.step, i.id limit ${query.limit + 1}`
    : sql<StateRow>`${selectStates}
        where i.org_id = ${orgId} and ${ofContact}
          and (${after === null} or (i.created_at, i.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
        order by i.created_at desc, i.id desc limit ${query.limit + 1}`
  ).execute(tx);
  return toPage(rows, query, toState, (row) => [
    query.sequence_id ? row.item.step : row.created_at.toISOString(),
    row.id,
  ]);
}

const toState = (row: StateRow): OutreachState => ({
  id: row.id,
  status: row.state === 'released' ? (row.status ?? 'scheduled') : row.state,
  error: row.error,
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
