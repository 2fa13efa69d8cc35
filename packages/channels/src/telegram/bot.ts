import type { TelegramBotSettings } from '@halyard/contracts/connections/chat-settings';
import type {
  InboundRequest,
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
} from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import { failedTest, postOutcome } from '../http/posted.js';
import type { Ask, Tested } from './listening.js';
import { listenOrNot } from './listening.js';
import { bodyOf, movedTo, telegramOutcome } from './outcome.js';
import { isFromTelegram, parseUpdate } from './updates.js';

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

  /** Also tells Telegram where what people write is taken, or no longer. */
  async test(connection: OpenConnection, signal: AbortSignal): Promise<Tested> {
    const ask: Ask = (method, body) => this.#ask(connection, method, body, signal);
    const known = await ask('getMe', {});
    return known.ok ? listenOrNot(connection, ask) : known;
  }

  async receive(connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[] | null> {
    if (!isFromTelegram(connection, request)) return null;
    return (connection.settings as TelegramBotSettings).receive ? parseUpdate(request) : [];
  }

  async #ask(connection: OpenConnection, method: string, body: object, signal: AbortSignal): ReturnType<Ask> {
    const answer = await callVendor(this.dispatcher, telegramCall(connection, method, body), signal);
    if (answer.kind !== 'answered')
      return failedTest(connection, `Telegram could not be reached: ${answer.detail}`);
    const { ok, result, description } = bodyOf(answer.json);
    if (ok === true) return { ok: true, result };
    return ok === false
      ? failedTest(connection, `Telegram refused ${method}: ${String(description)}.`)
      : failedTest(connection, 'This is not Telegram: its answer cannot be read. Check the base URL.');
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
