import type { ReviewCounts, ReviewItem, ReviewKind, ReviewQuery } from '@halyard/contracts/review/routes';
import type { Actor, AuditEntry } from '@halyard/core/actor';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { Replayed, ReviewItemId, ReviewStore } from '@halyard/core/review/review-items';
import type { Selectable } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { newestFirst } from '../paging.js';
import type { ReviewItems } from '../schema.gen.js';
import { replays } from './replay.js';

export class PgReviewStore implements ReviewStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: ReviewQuery): Promise<Page<ReviewItem>> {
    return this.database.forOrg(orgId, async (tx) => {
      let rows = tx
        .selectFrom('review_items')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('status', '=', query.status);
      if (query.kind) rows = rows.where('kind', '=', query.kind);
      return newestFirst(rows, query, toItem);
    });
  }

  counts(orgId: OrgId): Promise<ReviewCounts> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('review_items')
        .select(({ fn }) => ['kind', fn.countAll<number>().as('n')])
        .where('org_id', '=', orgId)
        .where('status', '=', 'open')
        .groupBy('kind')
        .orderBy('kind')
        .execute();
      return { open: rows.map(({ kind, n }) => ({ kind: kind as ReviewKind, n: Number(n) })) };
    });
  }

  find(orgId: OrgId, id: ReviewItemId): Promise<ReviewItem | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('review_items')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toItem(row) : null;
    });
  }

  open(
    orgId: OrgId,
    kind: ReviewKind,
    after: ReviewItemId | null,
    limit: number,
  ): Promise<{ ids: ReviewItemId[]; total: number }> {
    return this.database.forOrg(orgId, async (tx) => {
      const open = tx
        .selectFrom('review_items')
        .where('org_id', '=', orgId)
        .where('kind', '=', kind)
        .where('status', '=', 'open')
        .$if(after !== null, (rows) => rows.where('id', '>', String(after)));
      const rows = await open.select('id').orderBy('id').limit(limit).execute();
      const { total } = await open
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { ids: rows.map((row) => row.id as ReviewItemId), total };
    });
  }

  replay(
    orgId: OrgId,
    id: ReviewItemId,
    by: { confirmed: boolean; now: Date },
    audit: AuditEntry,
  ): Promise<Replayed | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const item = await lock(tx, orgId, id);
      if (item?.status !== 'open') return item && closedAlready(item);
      const refused = await replays[item.kind as ReviewKind](tx, orgId, item.subject_id, by);
      if (refused) return { kind: 'refused', reason: refused };
      return { kind: 'replayed', item: await close(tx, orgId, id, 'replayed', by.now, audit) };
    });
  }

  resolve(orgId: OrgId, id: ReviewItemId, now: Date, audit: AuditEntry): Promise<Replayed | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const item = await lock(tx, orgId, id);
      if (item?.status !== 'open') return item && closedAlready(item);
      return { kind: 'replayed', item: await close(tx, orgId, id, 'resolved', now, audit) };
    });
  }

  taken(orgId: OrgId, id: ReviewItemId, now: Date, audit: AuditEntry): Promise<ReviewItem> {
    return this.database.forOrg(orgId, (tx) => close(tx, orgId, id, 'replayed', now, audit));
  }
}

type Row = Selectable<ReviewItems>;

const closedAlready = ({ status }: Row): Replayed => ({
  kind: 'refused',
  reason: `This item is ${status} already.`,
});

async function lock(tx: Tx, orgId: OrgId, id: ReviewItemId): Promise<Row | null> {
  const row = await tx
    .selectFrom('review_items')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

async function close(
  tx: Tx,
  orgId: OrgId,
  id: ReviewItemId,
  status: 'replayed' | 'resolved',
  now: Date,
  audit: AuditEntry,
): Promise<ReviewItem> {
  const row = await tx
    .updateTable('review_items')
    .set({ status, resolved_at: now, resolved_by: nameOf(audit.actor) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await appendAudit(tx, orgId, audit);
  return toItem(row);
}

const nameOf = (actor: Actor): string => actor.name ?? actor.id ?? actor.type;

const toItem = (row: Row): ReviewItem => ({
  id: row.id,
  kind: row.kind as ReviewKind,
  subject: { type: row.subject_type, id: row.subject_id },
  reason: row.reason,
  detail: row.detail as ReviewItem['detail'],
  status: row.status as ReviewItem['status'],
  created_at: row.created_at.toISOString(),
  resolved_at: row.resolved_at?.toISOString() ?? null,
  resolved_by: row.resolved_by,
});
