import type { AuditEntry } from '@halyard/core/actor';
import type { Facts } from '@halyard/core/flows/run';
import type { BookingId, ContactId, MessageId, OrgId, TemplateId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import type { PreviewStore } from '@halyard/core/templates/previews';
import type { StoredTemplate } from '@halyard/core/templates/templates';
import { appendAudit } from './audit.js';
import type { Database } from './database.js';
import { loadFacts } from './facts.js';
import { scheduleMessages } from './message-writer.js';
import { normalizedTarget } from './messages/normalized-target.js';
import { PgTemplateStore } from './templates.js';

export class PgPreviewStore implements PreviewStore {
  readonly #templates: PgTemplateStore;

  constructor(private readonly database: Database) {
    this.#templates = new PgTemplateStore(database);
  }

  find(orgId: OrgId, id: TemplateId, version?: number): Promise<StoredTemplate | null> {
    return this.#templates.find(orgId, id, version);
  }

  facts(
    orgId: OrgId,
    { contactId, bookingId }: { contactId?: ContactId; bookingId?: BookingId },
  ): Promise<Facts | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const booking = bookingId
        ? await tx
            .selectFrom('bookings')
            .select('contact_id')
            .where('org_id', '=', orgId)
            .where('id', '=', bookingId)
            .executeTakeFirst()
        : undefined;
      if (bookingId && !booking) return null;
      const of = contactId ?? (booking?.contact_id as ContactId | undefined) ?? null;
      const subject = bookingId ? { type: 'booking', id: bookingId } : null;
      const [facts] = await loadFacts(tx, [{ orgId, contactId: of, subject, event: null, runId: null }]);
      return of && !facts?.contact ? null : (facts ?? null);
    });
  }

  schedule(orgId: OrgId, message: NewMessage, audit: AuditEntry): Promise<MessageId> {
    return this.database.forOrg(orgId, async (tx) => {
      const target =
        message.target && (await normalizedTarget(tx, orgId, message.target, message.channels, 'body.to'));
      const [written] = await scheduleMessages(tx, orgId, [{ ...message, target }]);
      await appendAudit(tx, orgId, audit);
      return written?.id ?? message.id;
    });
  }
}
