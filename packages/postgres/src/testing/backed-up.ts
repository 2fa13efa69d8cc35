import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrgId } from '@halyard/core/ids';
import pg from 'pg';
import { Snapshot } from '../backup/snapshot.js';
import { backedUpTables } from '../backup/tables.js';
import type { WrittenBackup } from '../backup/write-backup.js';
import { writeBackup } from '../backup/write-backup.js';
import { fillEveryTable } from './filled-tables.js';
import type { TestDatabase } from './test-database.js';
import { openTestDatabase } from './test-database.js';

/** A database with a row in every table, its backup, and a folder for more of them. */
export interface BackedUp {
  db: TestDatabase;
  orgId: OrgId;
  folder: string;
  file: string;
  remove(): Promise<void>;
}

export async function openBackedUp(): Promise<BackedUp> {
  const db = await openTestDatabase();
  const orgId = await db.organization('A school\twith\nodd \\. words');
  await fillEveryTable(db.owner, orgId);
  const folder = await mkdtemp(join(tmpdir(), 'halyard-backup-'));
  const file = join(folder, 'whole.backup');
  await backUp(db.url, file);
  return {
    db,
    orgId,
    folder,
    file,
    async remove() {
      await db.drop();
      await rm(folder, { recursive: true });
    },
  };
}

export async function backUp(url: string, to: string): Promise<WrittenBackup> {
  const snapshot = await Snapshot.open(url);
  try {
    return await writeBackup(snapshot, to);
  } finally {
    await snapshot.close();
  }
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Every table by its rows as text, read as the role of backups. */
export const contentOf = (url: string): Promise<Record<string, string[]>> =>
  withClient(url, async (client) => {
    await client.query('set role halyard_backup');
    const content: Record<string, string[]> = {};
    for (const { name, quoted } of await backedUpTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quoted} t`);
      content[name] = rows.map(({ row }) => row).sort();
    }
    return content;
  });
