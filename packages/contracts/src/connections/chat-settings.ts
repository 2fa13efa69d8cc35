import { z } from 'zod';
import { baseUrl } from './base-url.js';

/** What Slack, Discord and Telegram need; the address of a webhook is a secret, as whoever has it may post. */

const postsTo = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .default('webhook')
  .describe(
    'The name that the place where it posts has here, such as #crew. Only messages to this name, or to nobody in particular, are posted there.',
  );

const postingUrl = (pattern: RegExp, error: string) => z.string().max(1000).regex(pattern, error);

export const SlackWebhookSettings = z.strictObject({ posts_to: postsTo });
export type SlackWebhookSettings = z.output<typeof SlackWebhookSettings>;

export const SlackWebhookSecrets = z.strictObject({
  webhook_url: postingUrl(
    /^https?:\/\/[^\s/?#@]+\/[^\s?#]+$/,
    'Use the address of the incoming webhook, such as https://hooks.slack.com/services/T…/B…/….',
  ),
});

export const SlackBotSettings = z.strictObject({
  default_to: z
    .string()
    .regex(/^([CDGUW][A-Z0-9]{2,}|#[^\s#@]{1,80})$/, 'Use an id such as C024BE91L, or a name such as #crew.')
    .optional()
    .describe('Where messages to nobody in particular go.'),
  base_url: baseUrl('Slack’s Web API.').default('https://slack.com/api'),
});
export type SlackBotSettings = z.output<typeof SlackBotSettings>;

export const SlackBotSecrets = z.strictObject({
  bot_token: z
    .string()
    .max(500)
    .regex(/^xox[a-z]?(\.xox[a-z])?-[A-Za-z0-9-]+$/, 'Use the bot token, which starts with xoxb-.'),
});

const snowflake = z
  .string()
  .regex(/^\d{1,20}$/, 'Use the id that Discord shows in developer mode: digits only.');

export const DiscordWebhookSettings = z.strictObject({
  posts_to: postsTo,
  thread_id: snowflake
    .optional()
    .describe('A thread of the channel. A forum takes messages in threads only.'),
});
export type DiscordWebhookSettings = z.output<typeof DiscordWebhookSettings>;

export const DiscordWebhookSecrets = z.strictObject({
  webhook_url: postingUrl(
    /^https?:\/\/[^\s/?#@]+\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/,
    'Use the address of the webhook, such as https://discord.com/api/webhooks/….',
  ),
});

export const TelegramBotSettings = z.strictObject({
  default_to: z
    .string()
    .regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, 'Use the id of a chat, or the @name of a channel.')
    .optional()
    .describe('Where messages to nobody in particular go.'),
  receive: z
    .boolean()
    .default(false)
    .describe(
      'Takes what people write to the bot. Telegram tells one address per bot, so no other service may listen to it.',
    ),
  base_url: baseUrl('Telegram’s Bot API.').default('https://api.telegram.org'),
});
export type TelegramBotSettings = z.output<typeof TelegramBotSettings>;

export const TelegramBotSecrets = z.strictObject({
  bot_token: z
    .string()
    .regex(/^\d{1,20}:[A-Za-z0-9_-]{10,100}$/, 'Use the token that @BotFather gave you: 123456:ABC….'),
});
