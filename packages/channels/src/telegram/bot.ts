import type { TelegramBotSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection, Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import { failedTest, postOutcome } from '../http/posted.js';
import { bodyOf, movedTo, telegramOutcome } from './outcome.js';

/**
 * Telegram's Bot API (core.telegram.org/bots/api). It has no idempotency key and does not report deliveries, so a lost
 * answer is for a person to look up.
 */
export class TelegramBotProvider implements Provider {
  readonly name = 'telegram_bot';
  readonly channels = ['telegram'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const call = telegramRequest(connection, request);
    const answer = await callVendor(this.dispatcher, call, signal);
    const chat = answer.kind === 'answered' ? movedTo(answer) : null;
    // The group became a supergroup, and what was refused under its old number was not posted.
    const last =
      chat === null
        ? answer
        : await callVendor(this.dispatcher, { ...call, body: { ...call.body, chat_id: chat } }, signal);
    return postOutcome('Telegram', connection, last, telegramOutcome);
  }

  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const answer = await callVendor(this.dispatcher, telegramCall(connection, 'getMe', {}), signal);
    if (answer.kind !== 'answered')
      return failedTest(connection, `Telegram could not be reached: ${answer.detail}`);
    const { ok, description } = bodyOf(answer.json);
    if (ok === true) return { ok: true };
    if (ok === false) return failedTest(connection, `Telegram refused the token: ${String(description)}.`);
    return failedTest(connection, 'This is not Telegram: its answer cannot be read. Check the base URL.');
  }
}

/** What one message is to Telegram: without a parse mode it is shown letter for letter. */
export function telegramRequest(connection: OpenConnection, { payload }: SendRequest) {
  if (payload.channel !== 'telegram')
    throw new Error(`This connection sends telegram, not ${payload.channel}.`);
  return telegramCall(connection, 'sendMessage', { chat_id: payload.to, text: payload.text });
}

/** A method of the Bot API. */
export function telegramCall<Body>({ settings, secrets }: OpenConnection, method: string, body: Body) {
  const { base_url } = settings as TelegramBotSettings;
  const url = `${base_url}/bot${secrets.bot_token ?? ''}/${method}`;
  return { method: 'POST', url, headers: {}, body } as const satisfies VendorCall;
}
