import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `pnpm start` keeps in .halyard/ that the command line may use. */
export interface LocalAccess {
  url: string;
  email: string;
  password: string;
  api_key?: string;
}

/** The folder `.halyard/`. */
export const halyardHome = (): string =>
  process.env.HALYARD_HOME || join(import.meta.dirname, '../../../.halyard');

/** How to reach the Halyard that was started here; null when none ever was. */
export const localAccess = (): LocalAccess | null => read<LocalAccess>('access.json');

/** Where the built-in database of the Halyard that runs here listens; null while it does not run. */
export const localDatabaseUrl = (): string | null =>
  read<{ database_url: string }>('running.json')?.database_url ?? null;

/** The n8n that `pnpm n8n` made here; null when it never did. */
export const localN8n = (): { url: string; api_key?: string } | null => read('n8n/access.json');

/** The secrets that were generated here. */
export const localSecrets = (): Record<string, string> => read<Record<string, string>>('secrets.json') ?? {};

export interface KeptMail {
  at: string;
  to: string;
  subject: string;
  text: string;
}

/** Account mails that the server kept for want of a mail server. */
export function keptMails(): KeptMail[] {
  const file = process.env.HALYARD_MAIL_FILE || join(halyardHome(), 'mails.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as KeptMail);
}

function read<T>(name: string): T | null {
  const file = join(halyardHome(), name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}
