import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

export interface MessageReview {
  orgId: OrgId;
  messageId: string;
  kind: 'dead_message' | 'unknown_message';
  reason: string;
  detail: Record<string, unknown>;
}

/** Shows messages to a person, each once while it is open. */
export async function askPerson(tx: Tx, reviews: readonly MessageReview[]): Promise<void> {
  if (reviews.length === 0) return;
  const rows = reviews.map((review) => ({
    id: randomIds(),
    org_id: review.orgId,
    kind: review.kind,
    subject_id: review.messageId,
    reason: review.reason,
    detail: review.detail,
  }));
  await sql`
    insert into review_items (org_id, id, kind, subject_type, subject_id, reason, detail)
    select org_id, id, kind, 'message', subject_id, reason, detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, id uuid, kind text, subject_id text, reason text, detail jsonb)
    where not exists (
      select from review_items r where r.org_id = given.org_id and r.subject_type = 'message'
        and r.subject_id = given.subject_id and r.status = 'open')`.execute(tx);
}
