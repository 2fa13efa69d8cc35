import { z } from 'zod';
import { RetentionDays } from './retention.js';

/** Every setting, by its environment variable. A missing or wrong one is told by name before anything starts. */
export const Settings = z.object({
  DATABASE_URL: z
    .string()
    .startsWith('postgres', 'Use a PostgreSQL URL, such as postgres://user:password@host:5432/halyard.'),
  REDIS_URL: z.string().optional(),
  /** What this process does. */
  HALYARD_ROLES: z
    .string()
    .default('http,worker')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(['http', 'worker'])).min(1)),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4100),
  /** Where people and providers reach this server; links in messages start with it. */
  PUBLIC_URL: z.url().optional(),
  /** The folder of the built dashboard (apps/dashboard/out), to be served at `/`; without it there is the API alone. */
  HALYARD_DASHBOARD_DIR: z.string().optional(),
  /** Addresses of reverse proxies, comma separated, whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.string().optional(),
  /** Signs sessions, tokens and links: 32 bytes or more. */
  HALYARD_SECRET: z
    .string()
    .min(32, 'Use 32 characters or more, such as the output of: openssl rand -base64 48'),
  /** Secrets before it, newest first, separated by commas: links in messages that were sent then keep working. */
  HALYARD_OLD_SECRETS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((secret) => secret !== ''))
    .pipe(z.array(z.string().min(32, 'Each is a HALYARD_SECRET of before, so of 32 characters or more.'))),
  /** Encrypts connection secrets: `id:base64` of 32 bytes; several, newest first, while rotating. */
  HALYARD_ENCRYPTION_KEYS: z.string().min(1),
  /** Development only: webhooks and providers may be on this machine or in a private network. */
  HALYARD_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** The mail server for account mails (reset, verification, invitation), such as smtp://user:password@host:587. */
  HALYARD_SMTP_URL: z
    .string()
    .regex(/^smtps?:/, 'Use smtp://user:password@host:587.')
    .optional(),
  /** Without a mail server: the file in which the newest account mails are kept, for its owner only. */
  HALYARD_MAIL_FILE: z.string().optional(),
  HALYARD_MAIL_FROM: z.string().default('Halyard <halyard@localhost>'),
  /** Requests a minute for each API key, user or, before anyone is known, address; 0 for no limit. */
  HALYARD_REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(6_000),
  /** Requests that this process answers at once, each organization half of them at most; 0 for no limit. */
  HALYARD_REQUESTS_AT_ONCE: z.coerce.number().int().min(0).default(512),
  /** Events of one organization that may wait for their decision before more are refused; 0 for no limit. */
  HALYARD_UNDECIDED_EVENTS: z.coerce.number().int().min(0).default(50_000),
  /** How often alert rules are looked at, and every n8n is asked for its health. */
  HALYARD_ALERT_SECONDS: z.coerce.number().int().min(1).max(120).default(60),
  /** Memory that all simulations of this process may take together, in MB; without it a quarter of what there is. */
  HALYARD_SIMULATIONS_MB: z.coerce.number().int().min(64).optional(),
  /** For how many days what nothing needs any more is kept, such as payloads=30,webhooks=14. */
  HALYARD_RETENTION_DAYS: RetentionDays,
  /** Lets another machine read /metrics with `Authorization: Bearer …`; without it only this one may. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Opens /backups with `Authorization: Bearer …`: they hold every organization, so no key of one may ask for them. */
  OPERATIONS_TOKEN: z.string().min(16, 'Use 16 characters or more.').optional(),
  /** Where backups that are asked for by /backups are written to. */
  HALYARD_BACKUP_DIR: z.string().optional(),
  /** How many of them are kept. */
  HALYARD_BACKUPS_KEPT: z.coerce.number().int().min(1).default(14),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type Settings = z.output<typeof Settings>;

/** A setting is missing or wrong; the message names each variable and says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the settings from environment variables; an empty variable counts as one that is not set. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const result = Settings.safeParse(given);
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is not set.` : `${name}: ${issue.message}`;
  });
  throw new SettingsError([...new Set(sentences)].join(' '));
}
