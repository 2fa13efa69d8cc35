import { readFileSync } from 'node:fs';

/**
 * What a backup file holds, gzipped: a line of JSON that says what it is; for each table a line of JSON, its rows as COPY
 * writes them, and a line `\.`; a last line of JSON by which a file that was cut off or changed is known. `zcat` shows it all.
 */
export interface Header {
  halyard_backup: number;
  halyard: string;
  /** The last migration of the database that it was made of. */
  schema: string;
  taken_at: string;
}

export interface Section {
  /** With its schema, such as public.contacts. */
  table: string;
  columns: string[];
}

export interface Footer {
  rows: Record<string, number>;
  sequences: Record<string, number>;
  /** Of every byte before this line. */
  sha256: string;
}

export const formatVersion = 1;

/** Ends the rows of a table; COPY writes a backslash of theirs as two. */
export const endOfRows = Buffer.from('\\.\n');

export const halyardVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;

/** A backup cannot be made, or a file cannot be restored; the message says why and what to do. */
export class BackupFailure extends Error {
  override readonly name = 'BackupFailure';
}
