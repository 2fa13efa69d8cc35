import type { Actor } from '@halyard/core/actor';
import type { ReplayableKind, ReplayStore, ReviewItemId } from '@halyard/core/delivery/replay';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';

export class PgReplayStore implements ReplayStore {
  constructor(private readonly database: Database) {}

  replay(orgId: OrgId, id: ReviewItemId, actor: Actor, now: Date): ReturnType<ReplayStore['replay']> {
    return this.database.forOrg(orgId, async (tx) => {
      const item = await tx
        .selectFrom('review_items')
        .select(['kind', 'status', 'subject_id'])
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!item) return 'missing';
      if (item.status !== 'open') return 'not_open';
      if (item.kind !== 'dead_message' && item.kind !== 'unknown_message') return 'not_replayable';
      const sent = await sendAnew(tx, orgId, [{ id, message_id: item.subject_id }], actor, now);
      if (sent === 0) return 'not_replayable';
      await appendAudit(tx, orgId, {
        actor,
        action: 'message.replayed',
        target: { type: 'message', id: item.subject_id },
      });
      return 'replayed';
    });
  }

  replayAll(orgId: OrgId, kind: ReplayableKind, actor: Actor, now: Date, limit: number): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      const items = await tx
        .selectFrom('review_items')
        .select(['id', 'subject_id as message_id'])
        .where('org_id', '=', orgId)
        .where('kind', '=', kind)
        .where('status', '=', 'open')
        .orderBy('created_at')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      if (items.length === 0) return 0;
      await sendAnew(tx, orgId, items, actor, now);
      await appendAudit(tx, orgId, {
        actor,
        action: 'messages.replayed',
        changes: { kind, messages: items.length },
      });
      return items.length;
    });
  }
}

const dayMs = 86_400_000;

/** `tries` starts anew, so release looks at none of the attempts before: every connection may be tried again. What
 * a person sends anew is worth sending for another day. */
async function sendAnew(
  tx: Tx,
  orgId: OrgId,
  items: readonly { id: string; message_id: string }[],
  actor: Actor,
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update messages
    set status = 'scheduled', due_at = ${now}, reason = 'replayed', tries = 0, released_at = null,
      expires_at = greatest(expires_at, ${new Date(now.getTime() + dayMs)}), updated_at = ${now}
    where org_id = ${orgId} and id::text = any (${items.map(({ message_id }) => message_id)}::text[])
      and status in ('dead', 'unknown')`.execute(tx);
  await tx
    .updateTable('review_items')
    .set({ status: 'replayed', resolved_at: now, resolved_by: actor.name ?? actor.id ?? actor.type })
    .where('org_id', '=', orgId)
    .where(
      'id',
      'in',
      items.map(({ id }) => id),
    )
    .execute();
  return Number(numAffectedRows ?? 0n);
}
