import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundRequest, OpenConnection, ProviderReport } from '@halyard/core/delivery/provider';

/**
 * What Telegram is told to show with every update, so that nobody else is believed: known to whoever has the bot's token,
 * and another one for every connection. Of the signs that setWebhook allows.
 */
export const secretTokenOf = ({ id, secrets }: Pick<OpenConnection, 'id' | 'secrets'>): string =>
  createHmac('sha256', secrets.bot_token ?? '')
    .update(`updates for ${id}`)
    .digest('base64url');

/** core.telegram.org/bots/api#setwebhook: X-Telegram-Bot-Api-Secret-Token */
export function isFromTelegram(connection: OpenConnection, { headers }: InboundRequest): boolean {
  const given = Buffer.from(String(headers['x-telegram-bot-api-secret-token'] ?? ''));
  const expected = Buffer.from(secretTokenOf(connection));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The part of core.telegram.org/bots/api#update that is read. */
interface Update {
  update_id?: unknown;
  message?: {
    date?: unknown;
    text?: unknown;
    caption?: unknown;
    chat?: { id?: unknown; type?: unknown };
  };
}

/** What a person wrote to the bot. What is said in groups is no answer to anybody's message, and gives nothing. */
export function parseUpdate({ rawBody, now }: InboundRequest): ProviderReport[] {
  const { update_id, message } = parse(rawBody);
  const { chat, date, text, caption } = message ?? {};
  if (!Number.isSafeInteger(update_id) || chat?.type !== 'private' || !Number.isSafeInteger(chat.id))
    return [];
  const written = text ?? caption;
  const said = typeof written === 'string' ? written : '';
  const startedWith = startParameter.exec(said)?.[1];
  return [
    {
      key: `update:${update_id}`,
      type: 'inbound',
      occurredAt: typeof date === 'number' ? new Date(date * 1_000) : now,
      channel: 'telegram',
      address: String(chat.id),
      text: startedWith === undefined ? said : '/start',
      ...(startedWith !== undefined && { startedWith }),
      raw: message,
    },
  ];
}

/** core.telegram.org/bots/features#deep-linking: https://t.me/<bot>?start=<parameter> */
const startParameter = /^\/start ([\w-]{1,64})$/;

function parse(body: Buffer): Update {
  try {
    return (JSON.parse(body.toString('utf8')) as Update | null) ?? {};
  } catch {
    return {};
  }
}
