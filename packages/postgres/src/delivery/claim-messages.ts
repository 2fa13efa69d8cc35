import type { DueMessage } from '@halyard/core/delivery/candidate';
import type { ClaimRequest, MessageKey, Suspect } from '@halyard/core/delivery/delivery-store';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { DueRow } from './due-rows.js';
import { dueColumns, toDueMessage } from './due-rows.js';

export interface ClaimedRows {
  messages: DueMessage[];
  suspects: Suspect[];
  more: boolean;
  held: boolean;
  nextDueAt: Date | null;
}

/** Organizations at their bound are looked at again when calls of theirs have ended, or at the latest after this time. */
const heldPauseMs = 100;

/** What an organization has next is not known when all that it had due was taken: it is looked at again so soon. */
const lookAgainMs = 10;

/**
 * Locks due messages, fair over organizations: each that has any gets an equal share of the batch, so that a blast of a
 * million in one does not delay another's only message. What other workers hold is skipped.
 */
export async function claimMessages(tx: Tx, request: ClaimRequest): Promise<ClaimedRows> {
  if (request.only) return claimAgain(tx, request, request.only);
  const heads = await headsOf(tx, request.lane);
  const due = heads.filter(({ due_at }) => due_at <= request.now);
  const future = heads.filter(({ due_at }) => due_at > request.now).map(({ due_at }) => due_at.getTime());
  const open = due.filter(({ org_id }) => request.places.roomOf(org_id) > 0);
  const shares = sharesOf(open, request);
  request.places.keep(shares.map(({ org_id, share }) => [org_id, share]));
  const { rows } = shares.length ? await claim(tx, request, shares) : { rows: [] };
  const full = takenInFull(rows, shares);
  const isHeld = open.length < due.length || full.some(({ atBound }) => atBound);
  const next = [
    ...future,
    ...(isEmptied(rows, full) ? [request.now.getTime() + lookAgainMs] : []),
    ...(isHeld ? [request.now.getTime() + heldPauseMs] : []),
  ];
  return {
    ...apart(rows),
    more: open.length > shares.length || full.some(({ atBound }) => !atBound),
    held: isHeld,
    nextDueAt: next.length ? new Date(Math.min(...next)) : null,
  };
}

interface Head {
  org_id: OrgId;
  due_at: Date;
}

/** The first scheduled message of each organization: two index look-ups per organization, however many it has. */
async function headsOf(tx: Tx, lane: 0 | 1): Promise<Head[]> {
  const { rows } = await sql<Head>`
    with recursive organizations as (
      (select org_id from messages where status = 'scheduled' order by org_id limit 1)
      union all
      select (select org_id from messages where status = 'scheduled' and org_id > organizations.org_id
              order by org_id limit 1)
      from organizations where organizations.org_id is not null
    )
    select org_id, first.due_at
    from organizations cross join lateral (
      select due_at from messages
      where org_id = organizations.org_id and lane = ${lane} and status = 'scheduled'
      order by due_at limit 1
    ) first`.execute(tx);
  return rows;
}

interface Share {
  org_id: OrgId;
  share: number;
  /** With it the organization has as many calls under way as it may: what else is due has to wait for one to end. */
  atBound: boolean;
}

/** With more organizations than places in the batch, another part of them comes first each time. */
function sharesOf(due: Head[], { now, places }: ClaimRequest): Share[] {
  const start = due.length > places.count ? Math.floor(now.getTime() / 7) % due.length : 0;
  const turn = [...due.slice(start), ...due.slice(0, start)].slice(0, places.count);
  const share = Math.max(1, Math.floor(places.count / Math.max(1, turn.length)));
  return turn.map(({ org_id }) => {
    const room = places.roomOf(org_id);
    return { org_id, share: Math.min(share, room), atBound: room <= share };
  });
}

/** Those that may have more that is due. */
const takenInFull = (rows: DueRow[], shares: Share[]): Share[] => {
  const taken = new Map<OrgId, number>();
  for (const { org_id } of rows) taken.set(org_id, (taken.get(org_id) ?? 0) + 1);
  return shares.filter(({ org_id, share }) => (taken.get(org_id) ?? 0) >= share);
};

/** Whether all was taken that some organization had due. */
const isEmptied = (rows: DueRow[], full: Share[]): boolean => {
  const mayHaveMore = new Set(full.map(({ org_id }) => org_id));
  return rows.some(({ org_id }) => !mayHaveMore.has(org_id));
};

/** In an order that is the same every time, as under a cap the first one goes out and the next is put off. */
const claim = (tx: Tx, request: ClaimRequest, shares: Share[]) =>
  sql<DueRow>`
  select m.*
  from unnest(${shares.map(({ org_id }) => org_id)}::uuid[], ${shares.map(({ share }) => share)}::int[])
    as turn (org_id, share)
  cross join lateral (
    select ${dueColumns} from messages
    where messages.org_id = turn.org_id and lane = ${request.lane} and status = 'scheduled'
      and due_at <= ${request.now}
    order by due_at limit turn.share
    for update skip locked
  ) m
  order by m.due_at, m.planned_at, m.id`.execute(tx);

/** Those of a batch that failed, as far as they are still due. */
async function claimAgain(tx: Tx, request: ClaimRequest, only: readonly MessageKey[]): Promise<ClaimedRows> {
  const { rows } = await sql<DueRow>`
    select ${dueColumns} from messages
    where org_id = any (${[...new Set(only.map(({ orgId }) => orgId))]}::uuid[])
      and id = any (${only.map(({ id }) => id)}::uuid[])
      and lane = ${request.lane} and status = 'scheduled' and due_at <= ${request.now}
    order by due_at, planned_at, id
    for update skip locked`.execute(tx);
  const alone = { messages: rows.map(toDueMessage), suspects: [] };
  return { ...(only.length === 1 ? alone : apart(rows)), more: false, held: false, nextDueAt: null };
}

/** What was set aside before must not take its neighbours with it. */
const apart = (rows: readonly DueRow[]): Pick<ClaimedRows, 'messages' | 'suspects'> => ({
  messages: rows.filter(({ set_asides }) => set_asides === 0).map(toDueMessage),
  suspects: rows
    .filter(({ set_asides }) => set_asides > 0)
    .map(({ org_id, id, set_asides }) => ({ orgId: org_id, id, tries: set_asides })),
});
