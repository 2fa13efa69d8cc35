import type { NewConsent } from '@halyard/core/contacts/consent';
import type { ConsentId } from '@halyard/core/contacts/consents';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { confirmationMail } from '@halyard/core/tracking/confirmation-mail';
import type { Tx } from './database.js';
import { scheduleMessages } from './message-writer.js';

/** Where the button of a double opt-in leads. */
export type ConfirmUrl = (orgId: OrgId, consentId: ConsentId) => string;

/**
 * Schedules the mail of a double opt-in for a pending line, in the transaction that wrote it; only email is confirmed by
 * a link. Afterwards the caller pokes `messages`.
 */
export async function askConfirmation(
  tx: Tx,
  orgId: OrgId,
  { id, contactId, topic, channel, at }: NewConsent & { id: ConsentId; at: Date },
  confirmUrl: ConfirmUrl,
): Promise<void> {
  if (channel !== 'email' && channel !== '*') return;
  const locale = await localeOf(tx, orgId, contactId);
  await scheduleMessages(tx, orgId, [
    confirmationMail({
      messageId: randomIds(),
      consentId: id,
      contactId,
      locale,
      topicName: topic === '*' ? null : await topicName(tx, orgId, topic, locale),
      url: confirmUrl(orgId, id),
      now: at,
    }),
  ]);
}

async function localeOf(tx: Tx, orgId: OrgId, contactId: string): Promise<string> {
  const { locale, fallback } = await tx
    .selectFrom('organization_settings as settings')
    .leftJoin('contacts', (join) =>
      join.onRef('contacts.org_id', '=', 'settings.org_id').on('contacts.id', '=', contactId),
    )
    .select(['contacts.locale as locale', 'settings.locale as fallback'])
    .where('settings.org_id', '=', orgId)
    .executeTakeFirstOrThrow();
  return locale ?? fallback;
}

async function topicName(tx: Tx, orgId: OrgId, key: string, locale: string): Promise<string> {
  const row = await tx
    .selectFrom('topics')
    .select('name')
    .where('org_id', '=', orgId)
    .where('key', '=', key)
    .executeTakeFirst();
  const names = (row?.name ?? {}) as Record<string, string>;
  return names[locale] ?? names[locale.split('-')[0] ?? ''] ?? Object.values(names)[0] ?? key;
}
