import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { TokenSubjects } from '@halyard/core/tracking/link-tokens';
import type { PreferenceChange, PreferenceFacts, PreferenceStore } from '@halyard/core/tracking/preferences';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import { appendConsent, readConsentLines } from './consents.js';
import { lockContacts } from './contact-keys.js';
import type { Database, Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { readLook } from './organizations.js';
import { tellOutside } from './outbox-writer.js';
import { suppress } from './suppressions.js';

type Token = TokenSubjects['unsubscribe'];

export class PgPreferenceStore implements PreferenceStore {
  constructor(private readonly database: Database) {}

  facts(orgId: OrgId, token: Token): Promise<PreferenceFacts | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const settings = await tx
        .selectFrom('organization_settings')
        .select(['name', 'locale', 'policy'])
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      if (!settings) return null;
      const message = await readMessage(tx, orgId, token);
      const contact = token.contactId && (await readContact(tx, orgId, token.contactId));
      const topics = await tx
        .selectFrom('topics')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('key')
        .execute();
      return {
        organization: { name: settings.name, locale: settings.locale, look: await readLook(tx, orgId) },
        contact: contact || null,
        message,
        topics: topics.map((topic) => ({ key: topic.key, name: topic.name as Record<string, string> })),
        consents: contact ? await readConsentLines(tx, orgId, [contact.id]) : [],
        consentRules: OrganizationPolicy.parse(settings.policy).consent,
      };
    });
  }

  apply(orgId: OrgId, given: PreferenceChange): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      const contactId = given.contactId && (await lockSurvivor(tx, orgId, given.contactId));
      const change = { ...given, contactId };
      const { channel, messageId, at } = change;
      await appendConsent(
        tx,
        orgId,
        change.consents.map((one) => ({ ...one, contactId: contactId ?? one.contactId })),
      );
      if (change.suppress !== null)
        await suppress(tx, orgId, [
          { channel, address: change.suppress, reason: 'unsubscribed', source: 'unsubscribe_link' },
        ]);
      if (change.unsubscribed) await recordWayOut(tx, orgId, change);
      await appendAudit(tx, orgId, {
        actor: { type: 'contact', ...(contactId ? { id: contactId } : {}) },
        action: 'preferences.changed',
        target: contactId ? { type: 'contact', id: contactId } : { type: 'message', id: String(messageId) },
        changes: { channel, at, consents: change.consents.map(({ topic, state }) => ({ topic, state })) },
      });
    });
  }
}

/**
 * The contact, or the one that it was merged into meanwhile. Locked: a file that is being imported has looked at what they
 * said so far, and this comes after it.
 */
async function lockSurvivor(tx: Tx, orgId: OrgId, id: ContactId): Promise<ContactId> {
  const merged = (await lockContacts(tx, orgId, [id])).get(id)?.mergedInto;
  return merged ? lockSurvivor(tx, orgId, merged) : id;
}

async function recordWayOut(tx: Tx, orgId: OrgId, change: PreferenceChange): Promise<void> {
  const { channel, contactId, messageId, at } = change;
  const topics = change.consents.filter((one) => one.state === 'withdrawn').map((one) => one.topic);
  const payload = { channel, topics, contact_id: contactId, message_id: messageId };
  const about = [
    ...(messageId ? [{ type: 'message.unsubscribed', subject: { type: 'message', id: messageId } }] : []),
    ...(contactId ? [{ type: 'contact.unsubscribed' }] : []),
  ].map((event) => ({ ...event, id: randomIds<never>(), contactId, payload, occurredAt: at }));
  await recordEvents(tx, orgId, about);
  await tellOutside(
    tx,
    about.map(({ type }) => ({ orgId, id: randomIds(), type, payload, occurredAt: at })),
  );
}

async function readMessage(tx: Tx, orgId: OrgId, { messageId }: Token): Promise<PreferenceFacts['message']> {
  const row = await tx
    .selectFrom('messages')
    .select(['channel', 'topic', 'address', 'source'])
    .where('org_id', '=', orgId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: messageId,
    channel: (row.channel ?? 'email') as Channel,
    topic: row.topic,
    address: row.source === 'test' ? null : row.address, // who tries the link of a test has not left
  };
}

/** The contact, or the one that it was merged into since. */
async function readContact(tx: Tx, orgId: OrgId, id: ContactId): Promise<PreferenceFacts['contact']> {
  const { rows } = await sql<{ id: ContactId; locale: string | null; erased_at: Date | null }>`
    with recursive line as (
      select id, locale, erased_at, merged_into from contacts where org_id = ${orgId} and id = ${id}
      union
      select c.id, c.locale, c.erased_at, c.merged_into from line
      join contacts c on c.org_id = ${orgId} and c.id = line.merged_into
    )
    select id, locale, erased_at from line where merged_into is null`.execute(tx);
  const [row] = rows;
  return row ? { id: row.id, locale: row.locale, erased: row.erased_at !== null } : null;
}
