import type { MessageId, OrgId } from '@halyard/core/ids';
import type { MessageSource, MessageStatus } from '@halyard/core/messages/message';
import { retryRefusal } from '@halyard/core/messages/retry';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/**
 * Schedules a message for now by a person's decision, in the caller's transaction; answers why not, or null when it is
 * scheduled, or `missing`. Attempts before this no longer count: it is made anew from the template and facts of now,
 * whatever its plan says about its booking, and has a day to go out.
 */
export async function retryMessage(
  tx: Tx,
  orgId: OrgId,
  id: MessageId,
  { confirmed, now }: { confirmed: boolean; now: Date },
): Promise<{ refused: string } | 'scheduled' | 'missing'> {
  const row = await tx
    .selectFrom('messages')
    .select(['status', 'source'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'missing';
  const refused = retryRefusal(
    { status: row.status as MessageStatus, source: row.source as MessageSource },
    confirmed,
  );
  if (refused) return { refused };
  await tx
    .updateTable('messages')
    .set({
      status: 'scheduled',
      reason: null,
      due_at: now,
      expires_at: sql`greatest(expires_at, ${now}::timestamptz + interval '1 day')`,
      tries: 0,
      subject_revision: null,
      channel: null,
      address: null,
      connection_id: null,
      provider_message_id: null,
      released_at: null,
      lease_until: null,
      lease_owner: null,
      last_error: null,
      updated_at: now,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
  return 'scheduled';
}
