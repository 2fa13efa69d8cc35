import type { MessageId, OrgId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** Whether the message that is there says the same to the same people. Kept answers end after two days; ids do not. */
export async function isSameMessage(
  tx: Tx,
  orgId: OrgId,
  id: MessageId,
  message: NewMessage,
): Promise<boolean> {
  const json = (value: unknown) => sql`${value === undefined ? null : JSON.stringify(value)}::jsonb`;
  const { rows } = await sql`
    select from messages where org_id = ${orgId} and id = ${id}
      and contact_id is not distinct from ${message.contactId}::uuid
      and class = ${message.class} and topic = ${message.topic} and channels = ${message.channels}::text[]
      and template is not distinct from ${json(message.template)} and content is not distinct from ${json(message.content)}
      and target is not distinct from ${json(message.target)} and variables = ${json(message.variables)}`.execute(
    tx,
  );
  return rows.length > 0;
}
