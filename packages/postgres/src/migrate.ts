import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const folder = fileURLToPath(new URL('../migrations/', import.meta.url));
const oldestServer = 160_000;

/** The database cannot be used; the message says why and what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

export interface Migrated {
  applied: string[];
  already: number;
}

/**
 * Brings the database up to this version: each file of `migrations/` once, in order, in a transaction of its own.
 * Several processes may call it at the same moment; one works, the others wait. A file that was changed after it had
 * been applied is refused.
 */
export async function migrate(ownerUrl: string): Promise<Migrated> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a connection that breaks fails the query that is running
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnusable(
      `The database cannot be reached (${error.message}). Check DATABASE_URL, and that PostgreSQL runs there.`,
    );
  });
  try {
    await assertRecent(client);
    await client.query(`select pg_advisory_lock(hashtextextended('halyard:migrate', 0))`);
    return await applyAll(client, { folder, apply: applyOne });
  } finally {
    await client.end();
  }
}

/**
 * Applies in the caller's transaction what is missing, up to and with `last` when it is given: for restoring a backup, which is
 * one transaction from the first table to the last row. `from`: another folder of migrations, in tests.
 */
export async function migrateWithin(client: pg.Client, last?: string, from: string = folder): Promise<void> {
  await assertRecent(client);
  if (last && !(await migrationFiles(from)).includes(last))
    throw new DatabaseUnusable(
      `This Halyard does not know the migration ${last}: a newer one made this. Update Halyard first.`,
    );
  await applyAll(client, { folder: from, apply, ...(last && { last }) });
}

/** Names of migrations that this version has and the database does not; for any role of ours. */
export async function pendingMigrations(connection: pg.Pool | pg.Client): Promise<string[]> {
  const { rows: found } = await connection.query<{ there: boolean }>(
    `select to_regclass('public.migrations') is not null as there`,
  );
  const files = await migrationFiles(folder);
  if (!found[0]?.there) return files;
  const { rows } = await connection.query<{ name: string }>('select name from migrations');
  const applied = new Set(rows.map((row) => row.name));
  return files.filter((name) => !applied.has(name));
}

const migrationFiles = async (from: string): Promise<string[]> =>
  (await readdir(from)).filter((name) => name.endsWith('.sql')).sort();

async function assertRecent(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const server = rows[0];
  if (server && server.number < oldestServer)
    throw new DatabaseUnusable(
      `The database is PostgreSQL ${server.name}; Halyard needs 16 or newer. Upgrade it, or leave DATABASE_URL empty to use the built-in one.`,
    );
}

interface Applying {
  folder: string;
  apply: (client: pg.Client, name: string, sql: string, checksum: string) => Promise<void>;
  /** The newest one that is meant. */
  last?: string;
}

async function applyAll(client: pg.Client, { folder, apply, last }: Applying): Promise<Migrated> {
  await client.query(
    `create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migrations',
  );
  const known = new Map(rows.map((row) => [row.name, row.checksum]));
  const files = await migrationFiles(folder);
  const unknown = [...known.keys()].find((name) => !files.includes(name));
  if (unknown)
    throw new DatabaseUnusable(
      `The database was migrated by a newer Halyard (${unknown}). Start that version, or restore an older backup.`,
    );
  const applied: string[] = [];
  for (const name of files.filter((one) => !last || one <= last)) {
    const sql = await readFile(join(folder, name), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    if (known.has(name)) {
      if (known.get(name) !== checksum)
        throw new DatabaseUnusable(
          `Migration ${name} was changed after it had been applied. Put the file back and add a new migration instead.`,
        );
      continue;
    }
    await apply(client, name, sql, checksum);
    applied.push(name);
  }
  await client.query('grant select on migrations to halyard_app, halyard_worker'); // readiness asks for them
  return { applied, already: known.size };
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('begin');
  try {
    await apply(client, name, sql, checksum);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function apply(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query(sql);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
  } catch (error) {
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
