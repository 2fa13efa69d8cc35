import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { HalyardClient, Schema } from '@halyard/client/client';
import type { Command } from 'commander';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { ProgressBar } from '../progress-bar.js';

type Import = Schema<'Import'>;

interface Options {
  dryRun?: boolean;
  map: Record<string, string>;
  rejects?: string;
  consentSource?: string;
}

const types: Record<string, string> = {
  '.csv': 'text/csv',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
};

export function addImport(program: Command): void {
  program
    .command('import')
    .description('import contacts from a CSV or NDJSON file')
    .argument('<file>', 'a .csv, .ndjson or .jsonl file')
    .option('--dry-run', 'report what would happen, and change nothing')
    .option(
      '--map <column=field>',
      'what a column means, such as Vorname=first_name; may be repeated',
      addMapping,
      {},
    )
    .option('--rejects <file>', 'where to write rows that were not taken (<file>.rejected.csv)')
    .option('--consent-source <text>', 'where the consents in the file come from')
    .action(async (file: string, options: Options) => {
      const client = connect();
      const begun = await upload(client, file, options);
      const ended = await follow(client, begun, new ProgressBar());
      await report(client, ended, options.rejects ?? `${file}.rejected.csv`);
    });
}

function addMapping(given: string, known: Record<string, string>): Record<string, string> {
  const at = given.indexOf('=');
  if (at < 1) throw new CommandFailure(`--map takes column=field, not ${given}.`);
  return { ...known, [given.slice(0, at)]: given.slice(at + 1) };
}

async function upload(client: HalyardClient, file: string, options: Options): Promise<Import> {
  const type = types[extname(file).toLowerCase()];
  if (!type) throw new CommandFailure(`${file} is neither .csv nor .ndjson. Rename it by what it holds.`);
  const bytes = await open(file, type);
  const query = {
    file_name: basename(file),
    ...(options.dryRun && { dry_run: 'true' }),
    ...(Object.keys(options.map).length && { mapping: JSON.stringify(options.map) }),
    ...(options.consentSource && { consent_source: options.consentSource }),
  };
  // The blob is read from the disk as it is sent; the client's own body would be a string in memory.
  const sent = { body: '', bodySerializer: () => bytes, headers: { 'content-type': type } };
  return answer(await client.POST('/imports', { params: { query }, ...sent }));
}

async function open(file: string, type: string): Promise<Blob> {
  try {
    return await openAsBlob(file, { type });
  } catch {
    throw new CommandFailure(`${file} cannot be read.`);
  }
}

const over = new Set(['completed', 'failed', 'cancelled']);

async function follow(client: HalyardClient, begun: Import, bar: ProgressBar): Promise<Import> {
  for (let now = begun; ; ) {
    if (over.has(now.status)) {
      bar.clear();
      return now;
    }
    bar.show(
      now.dry_run ? 'Checking' : 'Importing',
      now.progress,
      `${now.rows_read} rows, ${now.rejected} rejected`,
    );
    await pause(250);
    now = answer(await client.GET('/imports/{id}', { params: { path: { id: now.id } } }));
  }
}

async function report(client: HalyardClient, ended: Import, rejectsFile: string): Promise<void> {
  const { dry_run, rows_read, created, updated, unchanged, rejected, ignored_columns, status, error } = ended;
  if (dry_run) console.log('Dry run: nothing was changed.');
  console.log(
    `${rows_read} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
  );
  if (ignored_columns.length)
    console.log(
      `Columns that mean nothing to Halyard: ${ignored_columns.join(', ')}. Give them a meaning with --map.`,
    );
  if (rejected) {
    const params = { path: { id: ended.id } };
    await writeFile(
      rejectsFile,
      answer(await client.GET('/imports/{id}/rejects', { params, parseAs: 'text' })),
    );
    console.log(`The rejected rows, with their reasons, are in ${rejectsFile}`);
  }
  if (status !== 'completed')
    throw new CommandFailure(`The import ${status === 'failed' ? `failed: ${error}` : 'was cancelled.'}`);
}
