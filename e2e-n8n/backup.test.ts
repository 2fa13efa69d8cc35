import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreBackup } from '@halyard/postgres/backup/restore-backup';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { account } from './accounts.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { halyard, scene, withParameters } from './stage.ts';

const workflows = new Brought();
afterEach(() => workflows.switchOff());

const bring = (url: string) =>
  workflows.bring('ops/backup', (file) =>
    withParameters(
      withParameters(file, 'Settings', settings({ halyard_url: url })),
      'At 2 in the night',
      everyTwoSeconds,
    ),
  );

/** Messages of the failure log that the workflow wrote. */
const failures = async (): Promise<string[]> =>
  (await halyard('GET', '/failures')).body.items
    .filter(({ service }: { service: string }) => service === 'backups')
    .map(({ message }: { message: string }) => message);

test('what n8n has backed up can be restored elsewhere', async () => {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  await halyard('POST', '/contacts', { email });
  await bring(scene.halyard.url);
  const folder = join(scene.halyard.home, 'backups');
  const whole = () => {
    try {
      return readdirSync(folder).filter((name) => name.endsWith('.backup'));
    } catch {
      return []; // made with the first
    }
  };
  const [name = ''] = await until(whole, (names) => names.length > 0, 30_000);
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

test('a backup that cannot be made is told to Halyard’s failure log', async () => {
  const operations = (value: string) =>
    account('httpHeaderAuth', 'Halyard operations', { name: 'Authorization', value });
  await operations('Bearer of-somebody-else');
  await bring(scene.halyard.url);
  const told = await until(failures, (messages) => messages.length > 0, 30_000);
  expect(told.join()).toMatch(/The backup failed: .+/);
}, 60_000);
