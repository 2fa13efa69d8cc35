import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackedUp } from '../testing/backed-up.js';
import { backUp, contentOf, openBackedUp, withClient } from '../testing/backed-up.js';
import { emptyDatabase } from '../testing/empty-database.js';
import { restoreBackup } from './restore-backup.js';
import { Snapshot } from './snapshot.js';

let made: BackedUp;
beforeAll(async () => {
  made = await openBackedUp();
});
afterAll(() => made.remove());

test('a backup while writes go on holds all of a transaction or nothing of it', async () => {
  let writing = true;
  const writers = [1, 2].map(async (n) => {
    for (let turn = 0; writing; turn++)
      await made.db.worker.across(async (tx) => {
        const key = `${n}-${turn}`;
        await tx
          .insertInto('message_keys')
          .values({ org_id: made.orgId, key, message_id: randomUUID() })
          .execute();
        const id = randomUUID();
        await tx
          .insertInto('decisions')
          .values({ org_id: made.orgId, id, rule: key, verdict: 'send', at: new Date() })
          .execute();
      });
  });
  const busy = join(made.folder, 'busy.backup');
  for (let n = 0; n < 3; n++) await backUp(made.db.url, busy);
  writing = false;
  await Promise.all(writers);
  const url = await emptyDatabase();
  await restoreBackup(url, busy);
  const content = await contentOf(url);
  const halves = [content['public.message_keys'] ?? [], content['public.decisions'] ?? []];
  expect(halves[0]?.length).toBeGreaterThan(1);
  expect(halves[0]?.length).toBe(halves[1]?.length);
});

test('a table that a migration adds is in the backup, or the backup is refused', async () => {
  const migrate = async (sql: string) => made.db.owner.query(sql);
  await migrate('create table added (org_id uuid, id uuid, primary key (org_id, id))');
  await migrate(`call isolate('added', '', '')`);
  await made.db.owner.query('alter table added no force row level security');
  await made.db.owner.query('insert into added values ($1, $1)', [made.orgId]);
  await made.db.owner.query('alter table added force row level security');
  const snapshot = await Snapshot.open(made.db.url);
  let text = '';
  for await (const chunk of snapshot.read()) text += chunk.toString('latin1');
  await snapshot.close();
  expect(text).toContain(
    `{"table":"public.added","columns":["org_id","id"]}\n${made.orgId}\t${made.orgId}\n\\.\n`,
  );

  await migrate('drop policy backup_reads_all on added');
  await expect(Snapshot.open(made.db.url)).rejects.toThrow(/could not read all of added/);
  await migrate('alter table added disable row level security; revoke select on added from halyard_backup');
  await expect(Snapshot.open(made.db.url)).rejects.toThrow(/could not read all of added/);
  await migrate('drop table added');
});

test('one at a time, and the role of backups cannot write', async () => {
  const snapshot = await Snapshot.open(made.db.url);
  await expect(Snapshot.open(made.db.url)).rejects.toThrow('A backup is under way');
  await snapshot.close();
  await (await Snapshot.open(made.db.url)).close();
  await withClient(made.db.url, async (client) => {
    await client.query('set role halyard_backup');
    await expect(client.query('delete from contacts')).rejects.toThrow('permission denied');
  });
});
