import { z } from 'zod';
import { Channel } from '../primitives.js';
import { baseUrl } from './base-url.js';
import {
  DiscordWebhookSecrets,
  DiscordWebhookSettings,
  SlackBotSecrets,
  SlackBotSettings,
  SlackWebhookSecrets,
  SlackWebhookSettings,
  TelegramBotSecrets,
  TelegramBotSettings,
} from './chat-settings.js';

/**
 * What each provider needs: `settings` are stored and shown as they are, `secrets` are sealed and never shown again.
 * A new provider gets an entry here and a file in packages/channels.
 */

const emailSender = {
  from_address: z.email('Use an e-mail address, such as hello@sailing-school.example.'),
  from_name: z.string().max(200).optional(),
  reply_to: z.email().optional(),
};

const phone = z.string().regex(/^\+?[1-9]\d{5,14}$/, 'Use an international number, such as +4917612345678.');

export const SmtpSettings = z.strictObject({
  ...emailSender,
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535).default(587),
  security: z
    .enum(['tls', 'starttls', 'starttls_if_offered', 'none'])
    .default('starttls')
    .describe(
      'tls: from the first byte (465). starttls: required before anything is said (587). none: only inside a private network.',
    ),
  username: z.string().max(300).optional(),
  return_path: z.email().optional().describe('Where bounces go; the from address when left out.'),
  dkim: z
    .strictObject({
      domain: z.string().min(1).max(253),
      selector: z.string().regex(/^[A-Za-z0-9._-]{1,63}$/),
    })
    .optional(),
  pool_size: z.number().int().min(1).max(50).default(5).describe('Connections held open to this server.'),
});
export type SmtpSettings = z.output<typeof SmtpSettings>;

export const SmtpSecrets = z.strictObject({
  password: z.string().max(1000).optional(),
  dkim_private_key: z.string().max(10_000).startsWith('-----BEGIN', 'Use the private key in PEM.').optional(),
});

export const ResendSettings = z.strictObject({
  ...emailSender,
  base_url: baseUrl('Resend’s API.').default('https://api.resend.com'),
});
export type ResendSettings = z.output<typeof ResendSettings>;

export const ResendSecrets = z.strictObject({
  api_key: z.string().min(1).max(500),
  webhook_secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]+$/, 'Use the signing secret of the webhook, which starts with whsec_.')
    .optional(),
});

const infobip = {
  base_url: baseUrl('Your own base URL, as the Infobip portal shows it: https://xxxxx.api.infobip.com.'),
  webhook_username: z
    .string()
    .max(255)
    .optional()
    .describe('When set with the secret webhook_password, reports must come with this basic authentication.'),
  webhook_signature_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/)
    .default('x-signature')
    .describe('Header with the HMAC-SHA256 of the body, when the secret webhook_hmac_key is set.'),
};

const InfobipSecrets = z.strictObject({
  api_key: z.string().min(1).max(500),
  webhook_password: z.string().min(1).max(255).optional(),
  webhook_hmac_key: z.string().min(1).max(500).optional(),
});

export const InfobipSmsSettings = z.strictObject({
  ...infobip,
  sender: z
    .string()
    .regex(/^(\+?\d{3,15}|[A-Za-z0-9 ._-]{3,11})$/, 'Use a number, or a name of 3 to 11 letters and digits.'),
});
export type InfobipSmsSettings = z.output<typeof InfobipSmsSettings>;

export const InfobipWhatsAppSettings = z.strictObject({ ...infobip, sender: phone });
export type InfobipWhatsAppSettings = z.output<typeof InfobipWhatsAppSettings>;

/** How the sandbox treats what it is given; `deliver` unless the recipient says otherwise. */
export const SandboxBehaviour = z.enum([
  'deliver',
  'bounce',
  'soft_bounce',
  'complain',
  'fail',
  'invalid',
  'throttle',
  'delay',
  'drop',
]);
export type SandboxBehaviour = z.infer<typeof SandboxBehaviour>;

export const SandboxSettings = z.strictObject({
  ...emailSender,
  from_address: emailSender.from_address.default('hello@sandbox.halyard.test'),
  sender: phone.default('+15005550100'),
  behaviour: SandboxBehaviour.default('deliver'),
  throttle_ms: z.number().int().min(0).max(600_000).default(1_000),
  delay_ms: z.number().int().min(0).max(120_000).default(2_000),
});
export type SandboxSettings = z.output<typeof SandboxSettings>;

/**
 * n8n, for what a workflow of it sends, and for workflows that flows call. `push`: each message is posted to `path`.
 * `pull`: messages wait until a workflow claims them (POST /outreach/claim).
 */
export const N8nSettings = z.strictObject({
  base_url: baseUrl('Where n8n is: https://n8n.example.com.'),
  path: z
    .string()
    .max(500)
    .regex(/^\/[A-Za-z0-9/._~%-]+$/, 'Use the path of a webhook, such as /webhook/halyard-send.')
    .optional()
    .describe('The webhook that sends what is handed over. Without it, and not in mode pull, nothing is.'),
  mode: z.enum(['push', 'pull']).default('push'),
  report_within_seconds: z
    .number()
    .int()
    .min(10)
    .max(604_800)
    .default(3_600)
    .describe(
      'How long after a hand-over its outcome is waited for. Then it is unknown, and a person is asked.',
    ),
  from_address: emailSender.from_address.optional().describe('Needed for the channel email.'),
  from_name: emailSender.from_name,
  reply_to: emailSender.reply_to,
  sender: z.string().max(200).optional().describe('Who writes, on channels other than email.'),
  default_to: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Where messages for nobody in particular go, such as a channel of Slack.'),
});
export type N8nSettings = z.output<typeof N8nSettings>;

export const N8nSecrets = z.strictObject({
  signing_secret: z
    .string()
    .max(200)
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'Use whsec_ and at least 24 random bytes in base64.')
    .describe('Signs every request to n8n, by Standard Webhooks.'),
});

interface ProviderSettings {
  channels: readonly Channel[];
  settings: z.ZodType<Record<string, unknown>>;
  secrets: z.ZodType<Record<string, string | undefined>>;
}

export const providerSettings = {
  smtp: { channels: ['email'], settings: SmtpSettings, secrets: SmtpSecrets },
  resend: { channels: ['email'], settings: ResendSettings, secrets: ResendSecrets },
  infobip_sms: { channels: ['sms'], settings: InfobipSmsSettings, secrets: InfobipSecrets },
  infobip_whatsapp: { channels: ['whatsapp'], settings: InfobipWhatsAppSettings, secrets: InfobipSecrets },
  slack_webhook: { channels: ['slack'], settings: SlackWebhookSettings, secrets: SlackWebhookSecrets },
  slack_bot: { channels: ['slack'], settings: SlackBotSettings, secrets: SlackBotSecrets },
  discord_webhook: {
    channels: ['discord'],
    settings: DiscordWebhookSettings,
    secrets: DiscordWebhookSecrets,
  },
  telegram_bot: { channels: ['telegram'], settings: TelegramBotSettings, secrets: TelegramBotSecrets },
  sandbox: {
    channels: Channel.options,
    settings: SandboxSettings,
    secrets: z.strictObject({}),
  },
  n8n: { channels: Channel.options, settings: N8nSettings, secrets: N8nSecrets },
} as const satisfies Record<string, ProviderSettings>;

export const ProviderName = z.enum([
  'smtp',
  'resend',
  'infobip_sms',
  'infobip_whatsapp',
  'slack_webhook',
  'slack_bot',
  'discord_webhook',
  'telegram_bot',
  'sandbox',
  'n8n',
]);
export type ProviderName = keyof typeof providerSettings;
