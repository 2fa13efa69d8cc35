import type { Subject } from '@halyard/core/events/event';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Tx } from '../database.js';

/** Puts something that could not be decided before a person; one open item per thing. */
export async function openReview(
  tx: Tx,
  orgId: OrgId,
  kind: 'failed_event' | 'failed_run',
  subject: Subject,
  reason: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await tx
    .insertInto('review_items')
    .values({
      org_id: orgId,
      id: randomIds(),
      kind,
      subject_type: subject.type,
      subject_id: subject.id,
      reason,
      detail: JSON.stringify(detail),
    })
    .execute();
}
