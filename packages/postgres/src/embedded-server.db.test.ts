import { chmod, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EmbeddedServer } from './embedded-server.js';
import { startEmbeddedServer } from './embedded-server.js';

const isRoot = process.getuid?.() === 0;
let folder: string;
const running: EmbeddedServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-embedded-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(persistent = true): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir: join(folder, 'pg'), password: 'secret', persistent });
  running.push(server);
  return server;
}

async function query(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.urlOf('halyard') });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('data outlive the server', async () => {
  const first = await start();
  await query(first, 'create table kept as select 1 as n');
  await first.stop();
  expect(await query(await start(), 'select n from kept')).toEqual([{ n: 1 }]);
});

test('a server that was left over on the data is stopped, and nothing committed is lost', async () => {
  const left = await start();
  await query(left, 'create table kept as select 1 as n');
  const next = await start();
  expect(await query(next, 'select n from kept')).toEqual([{ n: 1 }]);
  await expect(query(left, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('a lock whose process is another program by now does not stand in the way', async () => {
  const first = await start();
  await first.stop();
  const lock = join(folder, 'pg/postmaster.pid');
  await writeFile(lock, `${process.pid}\n${join(folder, 'pg')}\n`);
  expect(await query(await start(), 'select 1 as n')).toEqual([{ n: 1 }]);
  expect(await readFile(lock, 'utf8')).not.toContain(`${process.pid}\n`);
});

test('the wrong password is told as what it is', async () => {
  await (await start()).stop();
  const other = startEmbeddedServer({ dataDir: join(folder, 'pg'), password: 'other', persistent: true });
  await expect(other).rejects.toThrow('does not fit the data');
});

test.runIf(isRoot)(
  'in a folder that nobody else may enter (only root can be kept waiting there)',
  async () => {
    await chmod(folder, 0o700);
    const server = await start(false);
    expect(await query(server, 'select current_user as me')).toEqual([{ me: 'halyard' }]);
    const elsewhere = await readlink(join(folder, 'pg'));
    expect(elsewhere).toMatch(/^\/var\/lib\/halyard\//);
    await server.stop();
    await expect(readFile(join(elsewhere, 'PG_VERSION'))).rejects.toThrow('ENOENT');
  },
);
