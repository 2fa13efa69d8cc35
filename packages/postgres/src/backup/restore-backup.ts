import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrateWithin } from '../migrate.js';
import type { Footer, Header, Section } from './archive.js';
import { BackupFailure } from './archive.js';
import { bareTables } from './bare-tables.js';
import { ArchiveReader } from './read-archive.js';
import type { BackedUpTable } from './tables.js';
import { backedUpTables, columnList } from './tables.js';

export interface Restored {
  header: Header;
  tables: number;
  rows: number;
}

/**
 * Fills an empty database from a backup file, as its owner, who need not be a superuser: the tables as they were when it
 * was made, their rows, then the migrations that came since. One transaction: what breaks leaves the database empty. The
 * installation stands still until it is released (release-restored.ts). Throws a BackupFailure or a DatabaseUnusable.
 */
export async function restoreBackup(ownerUrl: string, file: string, migrations?: string): Promise<Restored> {
  const archive = new ArchiveReader(file);
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a connection that breaks fails the query that is running
  try {
    const header = await archive.header();
    await client.connect().catch((error: Error) => {
      throw new BackupFailure(
        `The database cannot be reached (${error.message}). Check DATABASE_URL, and that PostgreSQL runs there.`,
      );
    });
    await client.query('set statement_timeout = 0');
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended('halyard:migrate', 0))`);
    await assertEmpty(client);
    await migrateWithin(client, header.schema, migrations);
    const footer = await load(client, archive);
    await client.query('set constraints all immediate; set constraints all deferred');
    await migrateWithin(client, undefined, migrations);
    await standStill(client, header);
    await client.query('commit');
    await client.query('analyze');
    const counts = Object.values(footer.rows);
    return { header, tables: counts.length, rows: counts.reduce((all, rows) => all + rows, 0) };
  } finally {
    await archive.close();
    await client.end(); // what is not committed is rolled back
  }
}

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select t.oid::regclass::text as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e') -- what an extension brought
      limit 1`,
  );
  if (rows[0])
    throw new BackupFailure(
      `The database is not empty: it has a table ${rows[0].name}. Restore into a new, empty one.`,
    );
}

async function load(client: pg.Client, archive: ArchiveReader): Promise<Footer> {
  const tables = new Map((await backedUpTables(client)).map((table) => [table.name, table]));
  const dress = await bareTables(client);
  // Some migrations put rows in, which the backup holds as they were.
  await client.query(`truncate ${[...tables.values()].map(({ quoted }) => quoted).join(', ')}`);
  const loaded: Record<string, number> = {};
  for (;;) {
    const part = await archive.next();
    if ('table' in part) {
      loaded[part.table] = await loadTable(client, tables.get(part.table), part, archive);
      continue;
    }
    assertComplete(part, loaded, [...tables.keys()]);
    await dress();
    for (const [name, last] of Object.entries(part.sequences))
      await client.query('select setval($1::regclass, $2)', [name, last]);
    return part;
  }
}

async function loadTable(
  client: pg.Client,
  table: BackedUpTable | undefined,
  { table: name, columns }: Section,
  archive: ArchiveReader,
): Promise<number> {
  if (!table || columns.some((column) => !table.columns.includes(column)))
    throw new BackupFailure(
      `The backup holds a table ${name} that does not fit its own schema. Take another backup.`,
    );
  const copy = client.query(copyFrom(`copy ${table.quoted} (${columnList(columns)}) from stdin`));
  await pipeline(Readable.from(archive.rows(), { objectMode: false }), copy).catch((error: Error) => {
    if (error instanceof BackupFailure) throw error;
    throw new BackupFailure(`The rows of ${name} cannot be restored: ${error.message}.`, { cause: error });
  });
  return copy.rowCount ?? 0;
}

function assertComplete(footer: Footer, loaded: Record<string, number>, expected: readonly string[]): void {
  const wrong = expected.find((name) => !(name in loaded) || loaded[name] !== footer.rows[name]);
  if (wrong)
    throw new BackupFailure(
      `The backup holds ${loaded[wrong] ?? 'no'} rows of ${wrong}, and says ${footer.rows[wrong] ?? 'none'}. Take another one.`,
    );
}

/**
 * Nothing goes out until somebody says so; and who was signed in has to sign in again, as a session that was ended after the
 * backup would live once more.
 */
async function standStill(client: pg.Client, { taken_at }: Header): Promise<void> {
  await client.query('delete from auth.session');
  await client.query('delete from rounds_begun');
  await client.query('insert into restores (backup_taken_at) values ($1)', [taken_at]);
}
