import type { Event } from '@halyard/contracts/events/event';
import type {
  ListedMessage,
  Message,
  MessageDetail,
  MessageStatusReport,
  SendInput,
} from '@halyard/contracts/messages/message';
import type { MessageQuery } from '@halyard/contracts/messages/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { MessageId, OrgId } from '@halyard/core/ids';
import type { Changed, MessageStore } from '@halyard/core/messages/messages';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { toEvent } from '../events.js';
import { closeReviews } from '../review/close-reviews.js';
import { listMessages } from './list-messages.js';
import { readDetail } from './message-detail.js';
import { readAttempts, readMessage, toMessage } from './message-rows.js';
import { retryMessage } from './retry-message.js';
import { sendMessage } from './send-message.js';

export class PgMessageStore implements MessageStore {
  constructor(private readonly database: Database) {}

  send(orgId: OrgId, input: SendInput, now: Date): Promise<Message> {
    return this.database.forOrg(orgId, async (tx) => {
      const id = await sendMessage(tx, orgId, input, now);
      return readWritten(tx, orgId, id);
    });
  }

  list(orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>> {
    return this.database.forOrg(orgId, (tx) => listMessages(tx, orgId, query));
  }

  detail(orgId: OrgId, id: MessageId): Promise<MessageDetail | null> {
    return this.database.forOrg(orgId, (tx) => readDetail(tx, orgId, id));
  }

  status(orgId: OrgId, id: MessageId): Promise<MessageStatusReport | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await readMessage(tx, orgId, id);
      return row ? { ...toMessage(row), attempts: await readAttempts(tx, orgId, id) } : null;
    });
  }

  events(orgId: OrgId, id: MessageId): Promise<Event[] | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await readMessage(tx, orgId, id))) return null;
      const rows = await tx
        .selectFrom('events')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('subject_type', '=', 'message')
        .where('subject_id', '=', id)
        .orderBy('occurred_at')
        .orderBy('id')
        .limit(500)
        .execute();
      return rows.map(toEvent);
    });
  }

  cancel(orgId: OrgId, id: MessageId, audit: AuditEntry): Promise<Changed | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('messages')
        .set({ status: 'cancelled', reason: 'cancelled_by_person', updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'scheduled') // a deliver loop that has it is past the point of no return
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        const row = await readMessage(tx, orgId, id);
        return row
          ? {
              kind: 'refused',
              reason: `This message is ${row.status}: only scheduled ones can be cancelled.`,
            }
          : null;
      }
      await appendAudit(tx, orgId, audit);
      return { kind: 'changed', message: await readWritten(tx, orgId, id) };
    });
  }

  retry(
    orgId: OrgId,
    id: MessageId,
    confirmed: boolean,
    now: Date,
    audit: AuditEntry,
  ): Promise<Changed | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const result = await retryMessage(tx, orgId, id, { confirmed, now });
      if (result === 'missing') return null;
      if (result !== 'scheduled') return { kind: 'refused', reason: result.refused };
      await closeReviews(tx, orgId, { type: 'message', id }, 'replayed', { by: audit.actor, now });
      await appendAudit(tx, orgId, audit);
      return { kind: 'changed', message: await readWritten(tx, orgId, id) };
    });
  }
}

async function readWritten(tx: Tx, orgId: OrgId, id: MessageId): Promise<Message> {
  const row = await readMessage(tx, orgId, id);
  if (!row) throw new Error(`Message ${id} was written and is not there.`);
  return toMessage(row);
}
