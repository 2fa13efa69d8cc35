import type { SendOutcome } from '@halyard/core/delivery/provider';
import type { Answered } from '../http/posted.js';

interface TelegramAnswer {
  ok?: unknown;
  result?: unknown;
  description?: unknown;
  /** core.telegram.org/bots/api#responseparameters */
  parameters?: { retry_after?: unknown; migrate_to_chat_id?: unknown };
}

export const bodyOf = (json: unknown): TelegramAnswer => (json ?? {}) as TelegramAnswer;

/** Where a group has moved to; null when the answer says nothing of the kind. */
export function movedTo({ json }: Answered): string | null {
  const { ok, parameters } = bodyOf(json);
  const chat = parameters?.migrate_to_chat_id;
  return ok === false && typeof chat === 'number' && Number.isSafeInteger(chat) ? String(chat) : null;
}

/** The person is gone, or wants nothing of this bot any more. */
const closed = /bot was blocked by the user|user is deactivated/i;

/**
 * What an answer of Telegram means. It has no codes but those of HTTP; the description says what it is about, and its
 * wording is not promised, so what is not known is a refusal of this message alone. Null when it says nothing that only Telegram says.
 */
export function telegramOutcome(answer: Answered): SendOutcome | null {
  const { status, retryAfterMs } = answer;
  const { ok, result, description, parameters } = bodyOf(answer.json);
  const messageId = (result as { message_id?: unknown } | undefined)?.message_id;
  const chatId = (result as { chat?: { id?: unknown } } | undefined)?.chat?.id;
  // A message's number is unique within its chat only.
  if (ok === true && typeof messageId === 'number')
    return { kind: 'accepted', providerMessageId: `${chatId}:${messageId}` };
  if (status < 400 || status === 408 || status >= 500) return null;
  const said = typeof description === 'string' ? description : `Telegram answered ${status}.`;
  if (status === 429) {
    const seconds = parameters?.retry_after;
    const pauseMs = typeof seconds === 'number' ? seconds * 1_000 : (retryAfterMs ?? 1_000);
    return { kind: 'throttled', retryAfterMs: pauseMs, detail: said };
  }
  return {
    kind: 'rejected',
    code: `http_${status}`,
    detail: said,
    // 404 is what a token has that no bot was ever given.
    ...(status === 401 || status === 404 ? { pauseConnection: true } : {}),
    ...(status === 403 && closed.test(said) ? { invalidAddress: true } : {}),
  };
}
