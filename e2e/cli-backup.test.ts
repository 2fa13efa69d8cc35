import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackedUp } from '@halyard/postgres/testing/backed-up';
import { emptyDatabase } from '@halyard/postgres/testing/empty-database';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { commandLine, environmentOf, runHalyard } from './halyard-command.js';

let db: TestDatabase;
let home: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ db, remove } = await openBackedUp());
  home = await mkdtemp(join(tmpdir(), 'halyard-cli-backup-'));
});
afterAll(async () => {
  await remove();
  await rm(home, { recursive: true });
});

const halyard = (url: string, ...args: string[]) => runHalyard(home, args, { DATABASE_URL: url });

/** Where the database answers so many bytes, and then no more. */
async function silentAfter(bytes: number, url: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let said = 0;
    far.on('data', (chunk) => {
      said += chunk.length;
      if (said < bytes) near.write(chunk);
    });
    near.pipe(far);
    near.on('error', () => far.destroy());
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const at = new URL(url);
  at.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return at.href;
}

test('backup, restore into an empty database, release: each says what it did and what comes next', async () => {
  const backup = await halyard(db.url, 'backup', 'all.backup');
  expect(backup).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It holds personal data.') });
  const [, rows] = /^(\d+) rows, \d+ bytes, sha256 [0-9a-f]{64}: all\.backup/.exec(backup.stdout) ?? [];
  const url = await emptyDatabase();
  const restored = await halyard(url, 'restore', 'all.backup');
  expect(restored).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing goes out yet.') });
  expect(restored.stdout).toMatch(new RegExp(`^${rows} rows of \\d+ tables are restored`));
  expect(await halyard(url, 'release')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Halyard goes on within seconds.'),
  });
  expect((await halyard(url, 'release')).stdout).toContain('Nothing to do');
});

test('what cannot be restored, or from where, is said in a sentence, and by the exit code', async () => {
  await halyard(db.url, 'backup', 'again.backup');
  const full = await halyard(db.url, 'restore', 'again.backup');
  expect(full).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The database is not empty') });
  const missing = await halyard(await emptyDatabase(), 'restore', 'no-such.backup');
  expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no-such.backup') });
});

test('a backup that is killed in the middle leaves nothing that is taken for one, and the next one is whole', async () => {
  await db.owner.query(
    `insert into rounds_begun (id, kind, items)
     select gen_random_uuid(), 'events', jsonb_agg(gen_random_uuid()) from generate_series(1, 20000)`,
  );
  const backup = spawn('node', [commandLine, 'backup', 'killed.backup'], {
    cwd: home,
    env: environmentOf(home, { DATABASE_URL: await silentAfter(500_000, db.url) }),
    stdio: 'ignore',
  });
  const part = join(home, 'killed.backup.part');
  const written = () => stat(part).then(({ size }) => size);
  await vi.waitFor(async () => expect(await written()).toBeGreaterThan(100_000), { timeout: 20_000 });
  backup.kill('SIGKILL');
  await once(backup, 'exit');

  expect((await readdir(home)).filter((name) => name.startsWith('killed'))).toEqual(['killed.backup.part']);
  const url = await emptyDatabase();
  expect(await halyard(url, 'restore', 'killed.backup.part')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('was cut off'),
  });
  // The database lets go of the one that is gone once it notices.
  await vi.waitFor(async () => expect((await halyard(db.url, 'backup', 'killed.backup')).exitCode).toBe(0), {
    timeout: 20_000,
  });
  expect((await halyard(url, 'restore', 'killed.backup')).exitCode).toBe(0);
  expect(await readdir(home)).not.toContain('killed.backup.part');
});
