import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chown, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Account } from './embedded/account.js';
import { serverAccount } from './embedded/account.js';
import { serverBinaries } from './embedded/binaries.js';
import { openDataFolder } from './embedded/data-folder.js';
import { stopLeftover } from './embedded/leftover.js';
import { DatabaseUnusable } from './migrate.js';

/** The built-in PostgreSQL: for people without a database of their own, and for the tests. */
export interface EmbeddedServer {
  /** The owner's URL of a database on this server; the owner may create databases and roles but is no superuser. */
  urlOf(database: string): string;
  /** Lets running transactions be rolled back and waits until the server is gone; removes the data unless persistent. */
  stop(): Promise<void>;
  /** Resolves with its last words when it ends without having been stopped. */
  lost: Promise<string>;
}

export interface EmbeddedServerOptions {
  dataDir: string;
  password: string;
  /** False: the data goes when the server stops. */
  persistent: boolean;
  /** Where it listens; a free port when left out. */
  port?: number;
  flags?: string[];
}

/**
 * Starts PostgreSQL on a free loopback port with its data in `dataDir`; creates it on the first start. Works as root,
 * too, then under another account. A server that was left over on the same data is stopped first. What the server
 * prints goes to `<dataDir>.log`.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const account = serverAccount();
  const bin = join(await serverBinaries(account), 'bin');
  const data = await openDataFolder(options.dataDir, account);
  if (data.initialised) await stopLeftover(data.path);
  else await data.fill((folder) => createCluster(bin, folder, options.password, account));

  const logFile = `${options.dataDir}.log`;
  const port = options.port ?? (await freePort());
  const server = launch(join(bin, 'postgres'), data.path, port, account, logFile, options.flags ?? []);
  const superuserUrl = `postgres://postgres:${options.password}@127.0.0.1:${port}/postgres`;
  await untilReady(superuserUrl, server, logFile);
  await createOwner(superuserUrl, options.password);
  return {
    urlOf: (database) => `postgres://halyard:${options.password}@127.0.0.1:${port}/${database}`,
    lost: server.lost.then(() => lastLineOf(logFile)),
    async stop() {
      await server.stop();
      if (options.persistent) return;
      await data.remove();
      await rm(logFile, { force: true });
    },
  };
}

async function createCluster(bin: string, folder: string, password: string, account: Account | null) {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const flags = ['--encoding=UTF8', '--locale=C.UTF-8', '--username=postgres', '--auth=scram-sha-256'];
  try {
    await promisify(execFile)(
      join(bin, 'initdb'),
      [`--pgdata=${folder}`, `--pwfile=${passwordFile}`, ...flags],
      { ...account, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } },
    );
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const why = stderr?.trim().split('\n').at(-1) || message;
    throw new DatabaseUnusable(`The built-in PostgreSQL could not create its data in ${folder}: ${why}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

interface Launched {
  /** Null while it runs. */
  exitCode(): number | null;
  stop(): Promise<void>;
  /** Resolves when it ends by itself; never after `stop`. */
  lost: Promise<void>;
}

/** In a process group of its own: a Ctrl-C in the terminal is for us, who stop the server after everything else. */
function launch(
  postgres: string,
  dataFolder: string,
  port: number,
  account: Account | null,
  logFile: string,
  flags: string[],
): Launched {
  const log = openSync(logFile, 'w', 0o600);
  // A young database plans by guesses until its tables were analyzed: look for those that need it every ten seconds.
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'autovacuum_naptime=10s',
  ];
  const child = spawn(
    postgres,
    ['-D', dataFolder, ...settings.flatMap((setting) => ['-c', setting]), ...flags],
    {
      ...account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    },
  );
  closeSync(log);
  const exited = once(child, 'exit');
  const stopOnExit = () => child.kill('SIGINT'); // also when we end without having stopped it
  process.once('exit', stopOnExit);
  child.unref();
  let stopping = false;
  return {
    exitCode: () => child.exitCode,
    lost: new Promise((resolve) => child.once('exit', () => stopping || resolve())),
    async stop() {
      stopping = true;
      process.off('exit', stopOnExit);
      child.ref();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT');
        await exited;
      }
    },
  };
}

async function untilReady(url: string, server: Launched, logFile: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => {});
      const code = (error as { code?: string }).code;
      if (server.exitCode() !== null)
        throw new DatabaseUnusable(`The built-in PostgreSQL did not start: ${lastLineOf(logFile)}`);
      if (code !== 'ECONNREFUSED' && code !== '57P03') {
        await server.stop();
        if (code === '28P01')
          throw new DatabaseUnusable(
            'The password does not fit the data of the built-in PostgreSQL. Put secrets.json back, or remove the folder with both to start afresh.',
          );
        throw error;
      }
    }
    await pause(30);
  }
}

const lastLineOf = (file: string): string => readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';

async function createOwner(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = await client.query(`select from pg_roles where rolname = 'halyard'`);
    if (!role.rowCount)
      await client.query(
        `create role halyard login createdb createrole password ${pg.escapeLiteral(password)}`,
      );
    const database = await client.query(`select from pg_database where datname = 'halyard'`);
    if (!database.rowCount) await client.query('create database halyard owner halyard');
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
