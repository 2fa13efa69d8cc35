import type { SlackBotSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection, Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import type { Answered } from '../http/posted.js';
import { failedTest, postOutcome } from '../http/posted.js';
import { longestSlackText, slackText } from './plain-text.js';
import { slackRefusal } from './refusals.js';

/**
 * Slack's chat.postMessage with the token of a bot. Slack has no idempotency key for it and reports nothing later, so a
 * lost answer is for a person to look up.
 */
export class SlackBotProvider implements Provider {
  readonly name = 'slack_bot';
  readonly channels = ['slack'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const call = slackBotRequest(connection, request);
    if (call.body.text.length > longestSlackText)
      return slackRefusal('msg_too_long', call.body.channel, null);
    const answer = await callVendor(this.dispatcher, call, signal);
    return postOutcome('Slack', connection, answer, (answered) => ownOutcome(answered, call.body.channel));
  }

  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const { base_url } = connection.settings as SlackBotSettings;
    const call = { method: 'GET', url: `${base_url}/auth.test`, headers: authorization(connection) } as const;
    const answer = await callVendor(this.dispatcher, call, signal);
    if (answer.kind !== 'answered')
      return failedTest(connection, `Slack could not be reached: ${answer.detail}`);
    const { ok, error } = bodyOf(answer.json);
    if (ok === true) return { ok: true };
    if (ok === false) return failedTest(connection, `Slack refused the token: ${error}.`);
    return failedTest(connection, 'This is not Slack: its answer cannot be read. Check the base URL.');
  }
}

/** What one message is to Slack. */
export function slackBotRequest(connection: OpenConnection, { payload }: SendRequest) {
  if (payload.channel !== 'slack') throw new Error(`This connection sends slack, not ${payload.channel}.`);
  const { base_url } = connection.settings as SlackBotSettings;
  return {
    method: 'POST',
    url: `${base_url}/chat.postMessage`,
    headers: { ...authorization(connection), 'content-type': 'application/json; charset=utf-8' },
    body: { channel: payload.to, text: slackText(payload.text), mrkdwn: false },
  } as const satisfies VendorCall;
}

const authorization = ({ secrets }: OpenConnection): Record<string, string> => ({
  authorization: `Bearer ${secrets.bot_token ?? ''}`,
});

/** Slack answers errors with 200 and `ok: false`. */
function ownOutcome(answer: Answered, to: string): SendOutcome | null {
  const { ok, error, channel, ts } = bodyOf(answer.json);
  if (ok === true && typeof ts === 'string')
    // A moment is unique within its channel only.
    return { kind: 'accepted', providerMessageId: `${typeof channel === 'string' ? channel : to}:${ts}` };
  return ok === false ? slackRefusal(String(error), to, answer.retryAfterMs) : null;
}

interface SlackAnswer {
  ok?: unknown;
  error?: unknown;
  channel?: unknown;
  ts?: unknown;
}

const bodyOf = (json: unknown): SlackAnswer => (json ?? {}) as SlackAnswer;
