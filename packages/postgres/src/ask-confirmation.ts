import type { NewConsent } from '@halyard/core/contacts/consent';
import type { ConsentId } from '@halyard/core/contacts/consents';
import { DomainError } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { confirmationKey, confirmationMail } from '@halyard/core/tracking/confirmation-mail';
import type { Tx } from './database.js';
import { scheduleMessages } from './message-writer.js';

/** Where the button of a double opt-in leads. */
export type ConfirmUrl = (orgId: OrgId, consentId: ConsentId) => string;

/**
 * Schedules the mail of a double opt-in for a pending line, in the transaction that wrote it. Afterwards the caller
 * pokes `messages`. Throws `invalid_state` when there is nobody to ask (the line would stay pending for good), and
 * `rate_limited` when the contact was asked too often.
 */
export async function askConfirmation(
  tx: Tx,
  orgId: OrgId,
  { id, contactId, topic, channel, at }: NewConsent & { id: ConsentId; at: Date },
  confirmUrl: ConfirmUrl,
): Promise<void> {
  await checkReachable(tx, orgId, contactId, channel);
  await checkNotPestered(tx, orgId, contactId, at);
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

/** The address that the question went to; null when it never went out. */
export async function askedAddress(tx: Tx, orgId: OrgId, consentId: ConsentId): Promise<string | null> {
  const row = await tx
    .selectFrom('message_keys')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.org_id', '=', 'message_keys.org_id')
        .onRef('messages.id', '=', 'message_keys.message_id'),
    )
    .select('messages.address')
    .where('message_keys.org_id', '=', orgId)
    .where('message_keys.key', '=', confirmationKey(consentId))
    .executeTakeFirst();
  return row?.address ?? null;
}

async function checkReachable(
  tx: Tx,
  orgId: OrgId,
  contactId: ContactId,
  channel: NewConsent['channel'],
): Promise<void> {
  if (channel !== 'email' && channel !== '*')
    throw new DomainError(
      'invalid_state',
      `Only email is confirmed by a link. Ask on ${channel} yourself, and record granted or withdrawn.`,
    );
  const address = await tx
    .selectFrom('identities')
    .select('id')
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'email')
    .limit(1)
    .executeTakeFirst();
  if (!address)
    throw new DomainError(
      'invalid_state',
      'This contact has no email address that could be asked for its confirmation: add one first.',
    );
}

const questionsPerDay = 3;

/** A form that anybody can fill in with anybody's address must not become a way to flood it. */
async function checkNotPestered(tx: Tx, orgId: OrgId, contactId: ContactId, at: Date): Promise<void> {
  const { asked } = await tx
    .selectFrom('consents')
    .select(({ fn }) => fn.countAll<number>().as('asked'))
    .where('org_id', '=', orgId)
    .where('contact_id', '=', contactId)
    .where('state', '=', 'pending')
    .where('occurred_at', '>', new Date(at.getTime() - 86_400_000))
    .executeTakeFirstOrThrow();
  if (asked > questionsPerDay)
    throw new DomainError(
      'rate_limited',
      `This contact was asked ${questionsPerDay} times within a day. Ask again tomorrow.`,
    );
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
