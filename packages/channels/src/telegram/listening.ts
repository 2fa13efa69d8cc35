import type { TelegramBotSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import { secretTokenOf } from './updates.js';

type Refused = { ok: false; reason: string };
export type Tested = { ok: true } | Refused;

/** Calls a method of the Bot API. */
export type Ask = (method: string, body: object) => Promise<{ ok: true; result: unknown } | Refused>;

const notReachable: Refused = {
  ok: false,
  reason:
    'Telegram could not bring what people write: it needs an https address. Set PUBLIC_URL to it, or do not take replies.',
};

/**
 * Tells Telegram where updates go when they are to be taken; else takes back an address of ours. One that another service
 * has set is left alone.
 */
export async function listenOrNot(connection: OpenConnection, ask: Ask): Promise<Tested> {
  const { reportUrl } = connection;
  if ((connection.settings as TelegramBotSettings).receive) {
    if (!reportUrl?.startsWith('https:')) return notReachable;
    const secret_token = secretTokenOf(connection);
    return verdict(await ask('setWebhook', { url: reportUrl, secret_token, allowed_updates: ['message'] }));
  }
  if (!reportUrl) return { ok: true };
  const info = await ask('getWebhookInfo', {});
  if (!info.ok) return info;
  const isOurs = (info.result as { url?: unknown } | null)?.url === reportUrl;
  return isOurs ? verdict(await ask('deleteWebhook', {})) : { ok: true };
}

const verdict = (asked: Tested): Tested => (asked.ok ? { ok: true } : asked);
