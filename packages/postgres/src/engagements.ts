import type { Channel } from '@halyard/contracts/primitives';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Engagement, EngagementStore, TrackedMessage } from '@halyard/core/tracking/engagement';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { tellOutside } from './outbox-writer.js';

export class PgEngagementStore implements EngagementStore {
  constructor(private readonly database: Database) {}

  message(orgId: OrgId, id: MessageId): Promise<TrackedMessage | null> {
    return this.database.forOrg(orgId, (tx) => readTracked(tx, orgId, id));
  }

  link(orgId: OrgId, id: string): Promise<string | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('links')
        .select('url')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.url ?? null;
    });
  }

  record(orgId: OrgId, { type, message, at, machine, payload, key }: Engagement): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      const [event] = await recordEvents(tx, orgId, [
        {
          id: randomIds(),
          type,
          contactId: message.contactId,
          subject: { type: 'message', id: message.id },
          payload,
          occurredAt: at,
          key,
        },
      ]);
      if (machine !== null || event?.duplicate) return;
      await tx
        .updateTable('messages')
        .set({ opened_at: sql`coalesce(opened_at, ${at})`, updated_at: sql`now()` }) // who clicks has opened
        .$if(type === 'message.clicked', (query) =>
          query.set({ clicked_at: sql`coalesce(clicked_at, ${at})` }),
        )
        .where('org_id', '=', orgId)
        .where('id', '=', message.id)
        .execute();
      const told = { ...payload, contact_id: message.contactId };
      await tellOutside(tx, [{ orgId, id: randomIds(), type, payload: told, occurredAt: at }]);
    });
  }
}

/** What tracking and unsubscribing know of a message. */
export async function readTracked(tx: Tx, orgId: OrgId, id: MessageId): Promise<TrackedMessage | null> {
  const row = await tx
    .selectFrom('messages')
    .select(['contact_id', 'channel', 'flow_id', 'run_id', 'step_id', 'sent_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row
    ? {
        id,
        contactId: row.contact_id as ContactId | null,
        channel: row.channel as Channel | null,
        flowId: row.flow_id,
        runId: row.run_id,
        stepId: row.step_id,
        sentAt: row.sent_at,
      }
    : null;
}
