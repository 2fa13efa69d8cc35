import type { ProviderName } from '@halyard/contracts/connections/provider-settings';
import { providerSettings } from '@halyard/contracts/connections/provider-settings';
import type { Channel } from '@halyard/contracts/primitives';
import type { z } from 'zod';
import type { OpenConnection } from '../delivery/provider.js';
import { DomainError } from '../domain-error.js';

/**
 * Lays changes over what is stored and holds the result to the provider's schema: null removes a key, so that its default
 * comes back.
 */
export function changedSettings(
  provider: string,
  stored: Record<string, unknown>,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  return parse(schemasOf(provider).settings, laidOver(stored, changes), 'body.settings');
}

export function changedSecrets(
  provider: string,
  stored: Record<string, string>,
  changes: Record<string, string | null>,
): Record<string, string> {
  const secrets = parse(schemasOf(provider).secrets, laidOver(stored, changes), 'body.secrets');
  return definedOnly(secrets);
}

/** Settings that say which server credentials are sent to, and the secrets that are sent there. */
const destinations = ['host', 'base_url'];
const credentials = ['password', 'api_key', 'bot_token'];

/**
 * Refuses to send a stored credential to another server than it was given for: by pointing a connection at a server of
 * their own, whoever may change it could read what is never shown.
 */
export function assertCredentialsStay(
  before: Pick<OpenConnection, 'settings' | 'secrets'>,
  settings: Record<string, unknown>,
  given: Record<string, string | null>,
): void {
  if (destinations.every((name) => before.settings[name] === settings[name])) return;
  const kept = credentials.find((name) => name in before.secrets && !(name in given));
  if (!kept) return;
  const message = `This goes to another server: give ${kept} again, or set it to null.`;
  throw new DomainError('invalid_request', message, [{ path: `body.secrets.${kept}`, message }]);
}

/** Refuses channels that the provider does not have, or not with these settings; all that it has when none are asked for. */
export function changedChannels(
  provider: string,
  settings: Record<string, unknown>,
  asked?: Channel[],
): Channel[] {
  const able = channelsWith(provider, settings);
  if (!asked) return [...able];
  const unable = asked.filter((channel) => !able.includes(channel));
  if (unable.length === 0) return asked;
  const has = able.length ? `It has: ${able.join(', ')}.` : '';
  const needs = provider === 'n8n' ? ' Give it a path, and from_address for email.' : '';
  const message = `${provider} has no ${unable.join(', ')}. ${has}${needs}`.trim();
  throw new DomainError('invalid_request', message, [{ path: 'body.channels', message }]);
}

/** Those that stay when settings change and nobody says which; one that could send nothing gets all that it can send now. */
export function channelsAfter(
  { provider, channels }: Pick<OpenConnection, 'provider' | 'channels'>,
  settings: Record<string, unknown>,
): Channel[] {
  const able = channelsWith(provider, settings);
  return channels.length ? channels.filter((channel) => able.includes(channel)) : [...able];
}

/** What can be sent with these settings: an n8n without a path is there for flows that call workflows. */
function channelsWith(provider: string, settings: Record<string, unknown>): readonly Channel[] {
  const { channels } = schemasOf(provider);
  if (provider !== 'n8n') return channels;
  if (settings.mode !== 'pull' && !settings.path) return [];
  return settings.from_address ? channels : channels.filter((channel) => channel !== 'email');
}

export const definedOnly = (secrets: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const laidOver = (stored: Record<string, unknown>, changes: Record<string, unknown>) =>
  Object.fromEntries(Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== null));

interface Schemas {
  channels: readonly Channel[];
  settings: z.ZodType<Record<string, unknown>>;
  secrets: z.ZodType<Record<string, string | undefined>>;
}

const schemasOf = (provider: string): Schemas => providerSettings[provider as ProviderName];

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({
    path: [where, ...path].join('.'),
    message,
  }));
  const [first] = issues;
  throw new DomainError(
    'invalid_request',
    `${first?.path ?? where}: ${first?.message ?? 'not valid'}`,
    issues,
  );
}
