import { Settings } from '@halyard/contracts/settings';
import { pino } from 'pino';

/** Secrets that every process needs, for tests, by environment variable. */
export const testSecrets = {
  HALYARD_SECRET: 'a secret for tests that is long enough',
  HALYARD_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
};

/** Settings of a server on a test's database and a port of its own; `more`: by environment variable. */
export const testSettings = ({ url }: { url: string }, more: Record<string, string> = {}): Settings =>
  Settings.parse({ DATABASE_URL: url, ...testSecrets, PORT: '0', ...more });

export const silent = pino({ level: 'silent' });
