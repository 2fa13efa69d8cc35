import { violations } from '@halyard/channels/testing/vendor-schema';
import type { ReceivedCall, Vendor } from '../e2e/vendor.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account } from './accounts.ts';

export const chatChannels = ['slack', 'discord', 'telegram'] as const;
export type Chat = (typeof chatChannels)[number];

interface Answer {
  status: number;
  body: object;
}

/** A message as it reached a vendor. */
export interface Post {
  chat: Chat;
  /** The channel or the chat; a webhook of Discord has its own. */
  to: string | undefined;
  text: string;
  taken: boolean;
}

/** Where each vendor takes messages, and what it says to one that it takes. */
const vendors: Record<Chat, { path: RegExp; origin: string; taken: (nth: number) => object }> = {
  slack: {
    path: /^\/api\/chat\.postMessage$/,
    origin: 'https://slack.com',
    taken: (nth) => ({ ok: true, channel: 'C024BE91L', ts: `1503435956.${nth}` }),
  },
  discord: {
    path: /^\/api\/v10\/webhooks\//,
    origin: 'https://discord.com',
    taken: (nth) => ({ id: `1400000000000000${nth}`, channel_id: '42' }),
  },
  telegram: {
    path: /^\/bot[^/]+\/sendMessage$/,
    origin: 'https://api.telegram.org',
    taken: (nth) => ({ ok: true, result: { message_id: nth, chat: { id: 4711 } } }),
  },
};

/** What each says to a message that it does not take. */
const refusals = {
  slack: { status: 200, body: { ok: false, error: 'channel_not_found' } },
  discord: { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
  telegram: { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } },
} satisfies Record<Chat, Answer>;

export const telegramThrottles = (seconds: number): Answer => ({
  status: 429,
  body: {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  },
});

/** Slack, Discord and Telegram on loopback: they hold what comes to the vendors' own descriptions, and keep it. */
export class Chats {
  readonly #posts: Post[] = [];
  readonly #refusals: { chat: Chat; words: string; answer: Answer }[] = [];
  readonly #violations: string[] = [];
  #server: Vendor | undefined;

  /** n8n's credentials lead here from then on. */
  static async open(): Promise<Chats> {
    const chats = new Chats();
    chats.#server = await startVendor((call) => chats.#answer(call));
    const { url } = chats.#server;
    await Promise.all([
      account('telegramApi', 'Telegram', { accessToken: '110201543:AAHdqTcvCH1vGWJ', baseUrl: url }),
      account('discordWebhookApi', 'Discord', { webhookUri: `${url}/api/v10/webhooks/1357924680/secret` }),
      account('slackApi', 'Slack', { accessToken: 'token', signatureSecret: '' }),
    ]);
    return chats;
  }

  /** What `slack_api` is set to. */
  get slackApi(): string {
    return `${this.#server?.url}/api`;
  }

  /** What is wrong with what came, by the vendors' descriptions. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** Messages with these words, in the order in which they came. */
  posts(words: string): Post[] {
    return this.#posts.filter(({ text }) => text.includes(words));
  }

  /** The next message with these words is answered so; one after that is taken again. */
  refuse(chat: Chat, words: string, answer: Answer = refusals[chat]): void {
    this.#refusals.push({ chat, words, answer });
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #answer({ method, path, headers, body }: ReceivedCall): Answer {
    const chat = chatChannels.find((each) => vendors[each].path.test(path.split('?')[0] ?? ''));
    if (!chat || method !== 'POST') return { status: 404, body: {} };
    if (chat === 'slack' && headers.authorization !== 'Bearer token')
      return { status: 200, body: { ok: false, error: 'not_authed' } };
    // n8n's node says it as Telegram once wanted it, and Telegram still takes it.
    const { disable_web_page_preview: _, ...described } = body;
    const call = { method, url: vendors[chat].origin + path, headers: {}, body: described } as const;
    this.#violations.push(...violations(chat, call));
    const text: string = body.text ?? body.content;
    const n = this.#refusals.findIndex((each) => each.chat === chat && text.includes(each.words));
    const [refusal] = n < 0 ? [] : this.#refusals.splice(n, 1);
    this.#posts.push({ chat, to: body.channel ?? body.chat_id, text, taken: !refusal });
    return refusal?.answer ?? { status: 200, body: vendors[chat].taken(this.#posts.length) };
  }
}
