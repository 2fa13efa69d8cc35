import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreBackup } from '@halyard/postgres/backup/restore-backup';
import { backupLock } from '@halyard/postgres/backup/snapshot';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { executions, halyard, scene, withParameters } from './stage.ts';

const workflows = new Brought();
afterEach(() => workflows.switchOff());

const bring = () =>
  workflows.bring('ops/backup', (file) =>
    withParameters(
      withParameters(file, 'Settings', settings({ halyard_url: scene.halyard.url })),
      'At 2 in the night',
      everyTwoSeconds,
    ),
  );

/** Until a run of the workflow has passed this step and ended well. */
const goneThrough = (workflow: string, step: string) =>
  until(
    () => executions(workflow, 0),
    (runs) => runs.some(({ status, data }) => status === 'success' && step in data.resultData.runData),
    30_000,
  );

/** Messages of the failure log that the workflow wrote. */
const failures = async (): Promise<string[]> =>
  (await halyard('GET', '/failures')).body.items
    .filter(({ service }: { service: string }) => service === 'backups')
    .map(({ message }: { message: string }) => message);

test('what n8n has backed up can be restored elsewhere', async () => {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  await halyard('POST', '/contacts', { email });
  const workflow = await bring();
  const folder = join(scene.halyard.home, 'backups');
  const whole = () => {
    try {
      return readdirSync(folder).filter((name) => name.endsWith('.backup'));
    } catch {
      return []; // made with the first
    }
  };
  const [name = ''] = await until(whole, (names) => names.length > 0, 30_000);
  await goneThrough(workflow, 'Is there a good one of today?');
  await workflows.switchOff();

  const elsewhere = mkdtempSync(join(tmpdir(), 'halyard-restored-'));
  const password = randomBytes(12).toString('hex');
  const server = await startEmbeddedServer({ dataDir: join(elsewhere, 'pg'), password, persistent: false });
  try {
    const url = server.urlOf('halyard');
    await restoreBackup(url, join(folder, name));
    const client = new pg.Client({ connectionString: url, options: '-c role=halyard_backup' });
    await client.connect();
    const { rows } = await client.query('select from identities where address = $1', [email]);
    await client.end();
    expect(rows).toHaveLength(1);
  } finally {
    await server.stop();
    await rm(elsewhere, { recursive: true, force: true });
  }
}, 120_000);

test('a backup that cannot be made is told to Halyard’s failure log, and so is that the last good one is old', async () => {
  const database = new pg.Client({ connectionString: scene.halyard.databaseUrl });
  await database.connect();
  try {
    // Somebody else is making one, and the one of the test before was made the day before yesterday.
    await database.query(`select pg_advisory_lock(${backupLock})`);
    await database.query(
      `update backups set started_at = started_at - interval '2 days', finished_at = finished_at - interval '2 days'`,
    );
    await bring();
    // Not the end of one run: a run of the test before may still wait, and find the last one old as well.
    await until(
      failures,
      (told) =>
        [/^The backup failed: ./, /older than 26 hours/].every((one) =>
          told.some((words) => one.test(words)),
        ),
      30_000,
    );
  } finally {
    await database.end();
  }
}, 60_000);
