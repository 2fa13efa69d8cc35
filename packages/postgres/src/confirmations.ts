import type { ConsentId } from '@halyard/core/contacts/consents';
import type { OrgId } from '@halyard/core/ids';
import type { ConfirmationPage, ConfirmationStore } from '@halyard/core/tracking/confirmations';
import { sql } from 'kysely';
import type { Database } from './database.js';
import { readLook } from './organizations.js';

export class PgConfirmationStore implements ConfirmationStore {
  constructor(private readonly database: Database) {}

  asked(orgId: OrgId, id: ConsentId): Promise<ConfirmationPage | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<{
        name: string;
        locale: string;
        contact_locale: string | null;
        channel: string;
        topic: Record<string, string> | null;
      }>`
        select settings.name, settings.locale, contacts.locale as contact_locale, consents.channel,
          topics.name as topic
        from consents
        join organization_settings settings on settings.org_id = consents.org_id
        join contacts on contacts.org_id = consents.org_id and contacts.id = consents.contact_id
          and contacts.erased_at is null and contacts.merged_into is null
        left join topics on topics.org_id = consents.org_id and topics.key = consents.topic
        where consents.org_id = ${orgId} and consents.id = ${id} and consents.state = 'pending'`.execute(tx);
      const [row] = rows;
      if (!row) return null;
      const { name, locale, contact_locale, channel, topic } = row;
      const look = await readLook(tx, orgId);
      return { organization: { name, locale, look }, locale: contact_locale, channel, topic };
    });
  }
}
