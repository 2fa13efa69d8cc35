import { kindsOf } from '@halyard/core/contacts/address';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { InboundWord } from '@halyard/core/delivery/inbound-words';
import { answerTo } from '@halyard/core/delivery/inbound-words';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { sql } from 'kysely';
import { appendConsent } from '../consents.js';
import type { Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import { scheduleMessages } from '../message-writer.js';
import { tellOutside } from '../outbox-writer.js';
import { suppress } from '../suppressions.js';

interface Writer {
  id: ContactId | null;
  locale: string | null;
  /** The last message to them on this channel: what they answer to. */
  message_id: MessageId | null;
}

/** Takes what a person wrote: the fact, and for STOP, START and HELP what they ask for, with one answer. */
export async function answerInbound(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  word: InboundWord | null,
): Promise<void> {
  const writer = await whoWrote(tx, orgId, report);
  await recordReply(tx, orgId, report, writer, word);
  if (!word || !report.address) return;
  if (writer.id && (await isOutdated(tx, orgId, writer.id, report))) return;
  const changed = await obey(tx, orgId, report, writer, word, report.address);
  // Who opened our link waits for a word that it worked.
  if (changed || (writer.id && report.startedWith !== undefined))
    await answer(tx, orgId, report, writer, word, report.address);
}

async function whoWrote(tx: Tx, orgId: OrgId, { channel, address }: ProviderReport): Promise<Writer> {
  const kinds = kindsOf(channel);
  const { rows } = await sql<Writer>`
    select c.id, c.locale, (
      select m.id from messages m
      where m.org_id = c.org_id and m.contact_id = c.id and m.channel = ${channel} and m.sent_at is not null
      order by m.planned_at desc limit 1
    ) as message_id
    from identities i join contacts c on c.org_id = i.org_id and c.id = i.contact_id
    where i.org_id = ${orgId} and i.kind = any (${kinds}::text[]) and i.address = ${address ?? ''}
    order by array_position(${kinds}::text[], i.kind) limit 1`.execute(tx);
  return rows[0] ?? { id: null, locale: null, message_id: null };
}

async function recordReply(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  writer: Writer,
  word: InboundWord | null,
): Promise<void> {
  const payload = {
    ...(writer.message_id && { message_id: writer.message_id }),
    channel: report.channel,
    text: report.text ?? '',
    ...(word && { word }),
    ...(writer.id ? {} : { address: report.address }),
  };
  await recordEvents(tx, orgId, [
    {
      id: randomIds(),
      type: 'message.replied',
      contactId: writer.id,
      ...(writer.message_id && { subject: { type: 'message', id: writer.message_id } }),
      payload,
      occurredAt: report.occurredAt,
    },
  ]);
  await tellOutside(tx, [
    {
      orgId,
      id: randomIds(),
      type: 'message.replied',
      payload: { ...payload, contact_id: writer.id },
      occurredAt: report.occurredAt,
    },
  ]);
}

/** Webhooks come late and out of order: a word that was followed by another changes nothing. */
async function isOutdated(
  tx: Tx,
  orgId: OrgId,
  contactId: ContactId,
  report: ProviderReport,
): Promise<boolean> {
  const { rows } = await sql<{ later: boolean }>`
    select exists (
      select from consents where org_id = ${orgId} and contact_id = ${contactId} and channel = ${report.channel}
        and source in ('stop_word', 'start_word') and occurred_at > ${report.occurredAt}
    ) as later`.execute(tx);
  return rows[0]?.later ?? false;
}

/** Does what the word asks for. False when it changes nothing and so needs no further answer. */
async function obey(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  writer: Writer,
  word: InboundWord,
  address: string,
): Promise<boolean> {
  if (word === 'help') return true;
  const { channel } = report;
  const changed =
    word === 'stop'
      ? (await suppress(tx, orgId, [{ channel, address, reason: 'stop', source: 'stop_word' }])) > 0
      : await takeBackStop(tx, orgId, report, address);
  if (writer.id)
    await appendConsent(tx, orgId, [
      {
        contactId: writer.id,
        channel,
        topic: '*',
        state: word === 'stop' ? 'withdrawn' : 'granted',
        source: `${word}_word`,
        evidence: { text: report.text ?? '' },
        occurredAt: report.occurredAt,
      },
    ]);
  return changed;
}

/**
 * START takes back a STOP; it does not mend an address that bounced or complained. Who starts a bot of Telegram no longer
 * blocks it, which is what made the address invalid.
 */
async function takeBackStop(
  tx: Tx,
  orgId: OrgId,
  { channel }: ProviderReport,
  address: string,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('suppressions')
    .where('org_id', '=', orgId)
    .where('channel', '=', channel)
    .where('address_hash', '=', addressHash(channel, address))
    .where('reason', 'in', channel === 'telegram' ? ['stop', 'invalid'] : ['stop'])
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

async function answer(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  writer: Writer,
  word: InboundWord,
  address: string,
): Promise<void> {
  const { name, locale, now } = await tx
    .selectFrom('organization_settings')
    .select(['name', 'locale', sql<Date>`now()`.as('now')])
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow();
  await scheduleMessages(tx, orgId, [
    {
      id: randomIds<MessageId>(),
      key: `answer:${report.channel}:${report.key}`,
      contactId: writer.id,
      source: 'system',
      class: 'service',
      topic: '*',
      channels: [report.channel],
      content: { body: answerTo(word, name, writer.locale ?? locale) },
      variables: {},
      target: { [report.channel]: address },
      plannedAt: now,
      // Nobody wants to read tomorrow that they unsubscribed today.
      expiresAt: new Date(now.getTime() + 3_600_000),
      timeZone: null,
    },
  ]);
}
