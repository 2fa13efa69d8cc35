import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackedUp } from '../testing/backed-up.js';
import { backUp, contentOf, openBackedUp, withClient } from '../testing/backed-up.js';
import { emptyDatabase } from '../testing/empty-database.js';
import { restoreBackup } from './restore-backup.js';

let made: BackedUp;
beforeAll(async () => {
  made = await openBackedUp();
});
afterAll(() => made.remove());

test('what is restored is what was backed up, in every table, by an owner who is no superuser', async () => {
  const before = await contentOf(made.db.url);
  const empty = Object.entries(before).filter(([, rows]) => rows.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]); // so that no table is compared by nothing
  const url = await emptyDatabase();
  expect(
    await withClient(url, (client) =>
      client.query('select usesuper from pg_user where usename = current_user'),
    ),
  ).toMatchObject({ rows: [{ usesuper: false }] });
  const restored = await restoreBackup(url, made.file);
  const after = await contentOf(url);
  expect(restored.tables).toBe(Object.keys(before).length);
  // Changed on purpose: nobody is signed in, no round is under way, and the restore itself is written down.
  const changed = ['auth.session', 'auth.refresh_tokens', 'public.rounds_begun'];
  for (const name of changed) expect(after[name]).toEqual([]);
  const kept = (content: typeof before) =>
    Object.fromEntries(
      Object.entries(content).filter(([name]) => ![...changed, 'public.restores'].includes(name)),
    );
  expect(kept(after)).toEqual(kept(before));
  expect(after['public.restores']).toHaveLength(2);
});

test('the restored database has the keys, triggers, policies and sequences of a migrated one', async () => {
  const url = await emptyDatabase();
  await restoreBackup(url, made.file);
  const shape = (at: string) =>
    withClient(at, async (client) => {
      const { rows } = await client.query(
        `select 'key' as what, conrelid::regclass::text || ' ' || conname as name, pg_get_constraintdef(oid) || convalidated as is from pg_constraint
          where connamespace in ('public'::regnamespace, 'auth'::regnamespace)
         union all select 'trigger', tgrelid::regclass::text || ' ' || tgname, tgenabled::text from pg_trigger where not tgisinternal
         union all select 'table', oid::regclass::text, relrowsecurity || ' ' || relforcerowsecurity || coalesce(relacl::text, '') from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, 'auth'::regnamespace)
         union all select 'policy', tablename || ' ' || policyname, coalesce(qual, '') || roles::text from pg_policies
         union all select 'sequence', schemaname || sequencename, last_value::text from pg_sequences where schemaname <> 'bullmq'
         order by 1, 2, 3`,
      );
      return rows;
    });
  expect(await shape(url)).toEqual(await shape(made.db.url));
});

test('a database with anything in it is refused and left as it is', async () => {
  await expect(restoreBackup(made.db.url, made.file)).rejects.toThrow(/is not empty: it has a table/);
  const url = await emptyDatabase();
  await restoreBackup(url, made.file);
  await expect(restoreBackup(url, made.file)).rejects.toThrow(/is not empty/);
});

test('a newer Halyard restores an older backup and brings it up to date, in one transaction', async () => {
  const newer = join(made.folder, 'migrations');
  await cp(fileURLToPath(new URL('../../migrations', import.meta.url)), newer, { recursive: true });
  await writeFile(
    join(newer, '9998_test.sql'),
    `alter table contacts add column shoe_size text; update auth."user" set name = name || '!'`,
  );
  const url = await emptyDatabase();
  await restoreBackup(url, made.file, newer);
  const { rows } = await withClient(url, (client) => client.query('select name from auth."user"'));
  expect(rows).toEqual([{ name: 'Ada!' }]);
  const upToDate = join(made.folder, 'newer.backup');
  await backUp(url, upToDate);
  await expect(restoreBackup(await emptyDatabase(), upToDate)).rejects.toThrow(/Update Halyard first/);

  await writeFile(join(newer, '9999_test.sql'), 'select no_such_column');
  const other = await emptyDatabase();
  await expect(restoreBackup(other, made.file, newer)).rejects.toThrow(/9999_test.sql failed/);
  await restoreBackup(other, made.file); // nothing was left
});
