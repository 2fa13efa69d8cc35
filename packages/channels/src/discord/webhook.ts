import type { DiscordWebhookSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection, Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import { elsewhere, failedTest, postOutcome } from '../http/posted.js';
import { bodyOf, discordOutcome } from './outcome.js';
import { discordText } from './plain-text.js';

/**
 * A webhook of Discord (docs.discord.com/developers/resources/webhook). It posts to one channel, and there is no key
 * that would make a repeat safe, so a lost answer is for a person to look up.
 */
export class DiscordWebhookProvider implements Provider {
  readonly name = 'discord_webhook';
  readonly channels = ['discord'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const { posts_to } = connection.settings as DiscordWebhookSettings;
    const { to } = request.payload;
    if (to !== posts_to) return elsewhere(String(to), posts_to);
    const answer = await callVendor(this.dispatcher, discordWebhookRequest(connection, request), signal);
    return postOutcome('Discord', connection, answer, discordOutcome);
  }

  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const call = { method: 'GET', url: urlOf(connection), headers: agentName } as const;
    const answer = await callVendor(this.dispatcher, call, signal);
    if (answer.kind !== 'answered')
      return failedTest(connection, `Discord could not be reached: ${answer.detail}`);
    const { id, message } = bodyOf(answer.json);
    if (answer.status === 200 && typeof id === 'string') return { ok: true };
    if (typeof message !== 'string')
      return failedTest(connection, 'This is not Discord: its answer cannot be read. Check the address.');
    return failedTest(
      connection,
      `Discord refused the webhook (${answer.status} ${message}). Make a new one.`,
    );
  }
}

/** Discord turns away programs that do not say who they are (docs.discord.com/developers/reference, "User Agent"). */
const agentName = { 'user-agent': 'DiscordBot (https://halyard.example, 0.1.0)' };

/** Of the content; an embed takes 4,096, which the longest text fits into however much of it was escaped. */
const longestContent = 2_000;

/** What one message is to Discord. `wait` makes it answer with the message, and so with its id. */
export function discordWebhookRequest(connection: OpenConnection, { payload }: SendRequest) {
  if (payload.channel !== 'discord')
    throw new Error(`This connection sends discord, not ${payload.channel}.`);
  const { thread_id } = connection.settings as DiscordWebhookSettings;
  const text = discordText(payload.text);
  return {
    method: 'POST',
    url: `${urlOf(connection)}?wait=true${thread_id ? `&thread_id=${thread_id}` : ''}`,
    headers: agentName,
    body: {
      ...(text.length > longestContent ? { embeds: [{ description: text }] } : { content: text }),
      // Nobody is called by what a text happens to hold.
      allowed_mentions: { parse: [] },
    },
  } as const satisfies VendorCall;
}

/** The address that Discord shows names no version, and the one it then takes counts `retry_after` in milliseconds. */
const urlOf = ({ secrets }: OpenConnection): string =>
  (secrets.webhook_url ?? '').replace(/\/api\/(v\d+\/)?webhooks\//, '/api/v10/webhooks/');
