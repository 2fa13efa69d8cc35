import type { SlackWebhookSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection, Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import type { Answered } from '../http/posted.js';
import { elsewhere, failedTest, postOutcome } from '../http/posted.js';
import { longestSlackText, slackText } from './plain-text.js';
import { slackRefusal } from './refusals.js';

/**
 * An incoming webhook of Slack: it posts to the one channel that it was made for, and answers in plain text
 * (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, "Handling errors"). It gives messages no ids.
 */
export class SlackWebhookProvider implements Provider {
  readonly name = 'slack_webhook';
  readonly channels = ['slack'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const { posts_to } = connection.settings as SlackWebhookSettings;
    const { to } = request.payload;
    if (to !== posts_to) return elsewhere(String(to), posts_to);
    const call = slackWebhookRequest(connection, request);
    if (call.body.text.length > longestSlackText) return slackRefusal('msg_too_long', posts_to, null);
    const answer = await callVendor(this.dispatcher, call, signal);
    return postOutcome('Slack', connection, answer, ownOutcome);
  }

  /** Posts nothing: without a text Slack says what it lacks, and that only where the webhook is good. */
  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const call = { method: 'POST', url: urlOf(connection), headers: {}, body: {} } as const;
    const answer = await callVendor(this.dispatcher, call, signal);
    if (answer.kind !== 'answered')
      return failedTest(connection, `Slack could not be reached: ${answer.detail}`);
    const said = wordOf(answer);
    if (answer.status === 400 && textMissing.has(said ?? '')) return { ok: true };
    if (said === null)
      return failedTest(connection, 'This is not Slack: its answer cannot be read. Check the address.');
    return failedTest(connection, `Slack refused the webhook (${answer.status} ${said}). Make a new one.`);
  }
}

const textMissing = new Set(['no_text', 'missing_text_or_fallback_or_attachments', 'invalid_payload']);

/** What one message is to Slack. */
export function slackWebhookRequest(connection: OpenConnection, { payload }: SendRequest) {
  if (payload.channel !== 'slack') throw new Error(`This connection sends slack, not ${payload.channel}.`);
  return {
    method: 'POST',
    url: urlOf(connection),
    headers: {},
    body: { text: slackText(payload.text), mrkdwn: false },
  } as const satisfies VendorCall;
}

const urlOf = ({ secrets }: OpenConnection): string => secrets.webhook_url ?? '';

function ownOutcome(answer: Answered): SendOutcome | null {
  const { status } = answer;
  const said = wordOf(answer);
  if (status === 200 && said === 'ok') return { kind: 'accepted' };
  if (status < 400 || status === 408 || status === 429 || status >= 500) return null;
  const code = said ?? `http_${status}`;
  const detail = `Slack refused it: ${status}${said ? ` ${said}` : ''}.`;
  // All of these are about the webhook or its one channel, so the next message would be refused as well.
  const gone = status === 401 || status === 403 || status === 404 || status === 410;
  return { kind: 'rejected', code, detail, ...(gone ? { pauseConnection: true } : {}) };
}

/** Such as `invalid_payload`; null for an answer of somebody else. */
const wordOf = ({ text }: Answered): string | null => /^\s*([a-z_]{2,60})\s*$/.exec(text)?.[1] ?? null;
