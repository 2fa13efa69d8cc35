import type { Actor } from '@halyard/core/actor';
import type { Subject } from '@halyard/core/events/event';
import type { OrgId } from '@halyard/core/ids';
import type { Tx } from '../database.js';

/** Closes the open items about a thing, in the transaction that dealt with it. */
export async function closeReviews(
  tx: Tx,
  orgId: OrgId,
  about: Subject,
  status: 'replayed' | 'resolved',
  { by, now }: { by: Actor; now: Date },
): Promise<void> {
  await tx
    .updateTable('review_items')
    .set({ status, resolved_at: now, resolved_by: by.name ?? by.id ?? by.type })
    .where('org_id', '=', orgId)
    .where('subject_type', '=', about.type)
    .where('subject_id', '=', about.id)
    .where('status', '=', 'open')
    .execute();
}
