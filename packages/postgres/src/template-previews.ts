import type { AuditEntry } from '@halyard/core/actor';
import type { EntityRef } from '@halyard/core/events/entities';
import type { Facts } from '@halyard/core/flows/run';
import type { ContactId, MessageId, OrgId, TemplateId } from '@halyard/core/ids';
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
    { contactId, subject }: { contactId: ContactId | null; subject: EntityRef | null },
  ): Promise<Facts | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const entity = subject
        ? await tx
            .selectFrom(subject.type === 'booking' ? 'bookings' : 'enrollments')
            .select('contact_id')
            .where('org_id', '=', orgId)
            .where('id', '=', subject.id)
            .executeTakeFirst()
        : undefined;
      if (subject && !entity) return null;
      const of = contactId ?? (entity?.contact_id as ContactId | undefined) ?? null;
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
