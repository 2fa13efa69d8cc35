import type { ListedMessage } from '@halyard/contracts/messages/message';
import type { MessageQuery } from '@halyard/contracts/messages/routes';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { contactOf } from '../named-contact.js';
import { positionIn, toPage } from '../paging.js';
import { toMessage } from './message-rows.js';

const lanes = [0, 1];

export const listMessages = (tx: Tx, orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>> =>
  query.order === 'due' ? soonestFirst(tx, orgId, query) : newestFirst(tx, orgId, query);

async function newestFirst(tx: Tx, orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>> {
  const after = positionIn(query.cursor, 2);
  let rows = narrowed(tx, orgId, query);
  if (after)
    rows = rows.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const page = await rows
    .select(sql<string>`created_at::text`.as('position'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return toPage(page, query, toListed, (row) => [row.position, row.id]);
}

/** Scheduled messages, by the index that delivery claims by. It leads with the lane, so each lane is read and both merged. */
async function soonestFirst(tx: Tx, orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>> {
  const after = positionIn(query.cursor, 2);
  const found = [];
  for (const lane of lanes) {
    let rows = narrowed(tx, orgId, query).where('status', '=', 'scheduled').where('lane', '=', lane);
    if (after) rows = rows.where(sql<boolean>`(due_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`);
    found.push(
      ...(await rows
        .select(sql<string>`due_at::text`.as('position'))
        .orderBy('due_at')
        .orderBy('id')
        .limit(query.limit + 1)
        .execute()),
    );
  }
  // As text, to the microsecond: a Date would take two for the same moment, and a page would begin at the wrong one.
  found.sort((a, b) => (a.position + a.id < b.position + b.id ? -1 : 1));
  return toPage(found.slice(0, query.limit + 1), query, toListed, (row) => [row.position, row.id]);
}

type Row = Awaited<ReturnType<ReturnType<typeof narrowed>['execute']>>[number];

const toListed = (row: Row): ListedMessage => ({ ...toMessage(row), contact: row.contact });

function narrowed(tx: Tx, orgId: OrgId, query: MessageQuery) {
  let rows = tx.selectFrom('messages').selectAll().select(contactOf('messages')).where('org_id', '=', orgId);
  if (query.contact_id) rows = rows.where('contact_id', '=', query.contact_id);
  if (query.flow_id) rows = rows.where('flow_id', '=', query.flow_id);
  if (query.booking_id)
    rows = rows.where('subject_type', '=', 'booking').where('subject_id', '=', query.booking_id);
  if (query.status) rows = rows.where('status', '=', query.status);
  if (query.channel) rows = rows.where('channel', '=', query.channel);
  if (query.class) rows = rows.where('class', '=', query.class);
  if (query.source) rows = rows.where('source', '=', query.source);
  if (query.created_after) rows = rows.where('created_at', '>=', new Date(query.created_after));
  if (query.created_before) rows = rows.where('created_at', '<', new Date(query.created_before));
  return rows;
}
