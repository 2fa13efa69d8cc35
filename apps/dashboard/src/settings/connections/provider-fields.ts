import type { ProviderName } from '@halyard/contracts/connections/provider-settings';
import type words from '../../words/en/settings.json';

type Words = (typeof words)['settings']['connections'];

export type FieldKind = 'text' | 'email' | 'url' | 'phone' | 'number' | 'choice' | 'check' | 'key' | 'lines';

/** A field of a provider's form. `settings.dkim.domain` and `secrets.password` say where in the connection it belongs. */
export interface ProviderField {
  path: `settings.${string}` | `secrets.${string}`;
  kind: FieldKind;
  required?: boolean;
  /** What the API takes when it is left out, to be shown. */
  standard?: string;
  options?: readonly (keyof Words['choices'])[];
  /** Among "More", as most people need not touch it. */
  rare?: boolean;
}

const sender: readonly ProviderField[] = [
  { path: 'settings.from_address', kind: 'email', required: true },
  { path: 'settings.from_name', kind: 'text' },
  { path: 'settings.reply_to', kind: 'email' },
];

const infobip = (kind: 'text' | 'phone'): readonly ProviderField[] => [
  { path: 'settings.base_url', kind: 'url', required: true },
  { path: 'secrets.api_key', kind: 'key', required: true },
  { path: 'settings.sender', kind, required: true },
  { path: 'settings.webhook_username', kind: 'text', rare: true },
  { path: 'secrets.webhook_password', kind: 'key', rare: true },
  { path: 'settings.webhook_signature_header', kind: 'text', standard: 'x-signature', rare: true },
  { path: 'secrets.webhook_hmac_key', kind: 'key', rare: true },
];

const behaviours = [
  'deliver',
  'bounce',
  'soft_bounce',
  'complain',
  'fail',
  'invalid',
  'throttle',
  'delay',
  'drop',
] as const;

/** What each provider asks for, in the order of its form; a test holds it against the contract. */
export const providerFields: Record<ProviderName, readonly ProviderField[]> = {
  smtp: [
    { path: 'settings.host', kind: 'text', required: true },
    { path: 'settings.port', kind: 'number', standard: '587' },
    {
      path: 'settings.security',
      kind: 'choice',
      standard: 'starttls',
      options: ['starttls', 'tls', 'starttls_if_offered', 'none'],
    },
    { path: 'settings.username', kind: 'text' },
    { path: 'secrets.password', kind: 'key' },
    ...sender,
    { path: 'settings.return_path', kind: 'email', rare: true },
    { path: 'settings.dkim.domain', kind: 'text', rare: true },
    { path: 'settings.dkim.selector', kind: 'text', rare: true },
    { path: 'secrets.dkim_private_key', kind: 'lines', rare: true },
    { path: 'settings.pool_size', kind: 'number', standard: '5', rare: true },
  ],
  resend: [
    { path: 'secrets.api_key', kind: 'key', required: true },
    ...sender,
    { path: 'secrets.webhook_secret', kind: 'key' },
    { path: 'settings.base_url', kind: 'url', standard: 'https://api.resend.com', rare: true },
  ],
  infobip_sms: infobip('text'),
  infobip_whatsapp: infobip('phone'),
  slack_webhook: [
    { path: 'secrets.webhook_url', kind: 'key', required: true },
    { path: 'settings.posts_to', kind: 'text', standard: 'webhook' },
  ],
  slack_bot: [
    { path: 'secrets.bot_token', kind: 'key', required: true },
    { path: 'settings.default_to', kind: 'text' },
    { path: 'settings.base_url', kind: 'url', standard: 'https://slack.com/api', rare: true },
  ],
  discord_webhook: [
    { path: 'secrets.webhook_url', kind: 'key', required: true },
    { path: 'settings.posts_to', kind: 'text', standard: 'webhook' },
    { path: 'settings.thread_id', kind: 'text', rare: true },
  ],
  telegram_bot: [
    { path: 'secrets.bot_token', kind: 'key', required: true },
    { path: 'settings.default_to', kind: 'text' },
    { path: 'settings.receive', kind: 'check', standard: 'false' },
    { path: 'settings.base_url', kind: 'url', standard: 'https://api.telegram.org', rare: true },
  ],
  sandbox: [
    { path: 'settings.behaviour', kind: 'choice', standard: 'deliver', options: behaviours },
    { path: 'settings.from_address', kind: 'email', standard: 'hello@sandbox.halyard.test', rare: true },
    { path: 'settings.from_name', kind: 'text', rare: true },
    { path: 'settings.reply_to', kind: 'email', rare: true },
    { path: 'settings.sender', kind: 'phone', standard: '+15005550100', rare: true },
    { path: 'settings.throttle_ms', kind: 'number', standard: '1000', rare: true },
    { path: 'settings.delay_ms', kind: 'number', standard: '2000', rare: true },
  ],
  n8n: [
    { path: 'settings.base_url', kind: 'url', required: true },
    { path: 'secrets.signing_secret', kind: 'key', required: true },
    { path: 'settings.mode', kind: 'choice', standard: 'push', options: ['push', 'pull'] },
    { path: 'settings.path', kind: 'text' },
    { path: 'settings.from_address', kind: 'email' },
    { path: 'settings.from_name', kind: 'text' },
    { path: 'settings.reply_to', kind: 'email', rare: true },
    { path: 'settings.sender', kind: 'text', rare: true },
    { path: 'settings.default_to', kind: 'text', rare: true },
    { path: 'settings.report_within_seconds', kind: 'number', standard: '3600', rare: true },
  ],
};

/** In the order in which they are offered. */
export const providers: readonly ProviderName[] = [
  'sandbox',
  'smtp',
  'resend',
  'infobip_sms',
  'infobip_whatsapp',
  'n8n',
  'slack_webhook',
  'slack_bot',
  'discord_webhook',
  'telegram_bot',
];

/** The name of a field in the words, which a test makes sure of: that of its last parts. */
export const fieldName = (path: string): keyof Words['fields'] =>
  path.replace(/^(settings|secrets)\./, '').replaceAll('.', '_') as keyof Words['fields'];
