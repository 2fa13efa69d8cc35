import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { OrgId } from '@halyard/core/ids';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { restoreBackup } from './restore-backup.js';
import { Snapshot } from './snapshot.js';
import { backedUpTables } from './tables.js';
import { writeBackup } from './write-backup.js';

let db: TestDatabase;
let orgId: OrgId;
let folder: string;
let file: string;
const made: string[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  orgId = await db.organization('A school\twith\nodd \\. words');
  await fillEveryTable(db.owner, orgId);
  folder = await mkdtemp(join(tmpdir(), 'halyard-backup-'));
  file = join(folder, 'whole.backup');
  await backUp(db.url, file);
});
afterAll(async () => {
  await db.drop();
  for (const name of made) await onServer(`drop database ${name} with (force)`);
  await rm(folder, { recursive: true });
});

async function backUp(url: string, to: string) {
  const snapshot = await Snapshot.open(url);
  try {
    return await writeBackup(snapshot, to);
  } finally {
    await snapshot.close();
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServer').url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function emptyDatabase(): Promise<string> {
  const name = `r_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  made.push(name);
  return inject('databaseServer').url.replace(/\/[^/]*$/, `/${name}`);
}

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
};

/** Every table by its rows as text, read as the role of backups. */
const contentOf = (url: string) =>
  withClient(url, async (client) => {
    await client.query('set role halyard_backup');
    const content: Record<string, string[]> = {};
    for (const { name, quoted } of await backedUpTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quoted} t`);
      content[name] = rows.map(({ row }) => row).sort();
    }
    return content;
  });

async function fillEveryTable(owner: pg.Pool, id: OrgId): Promise<void> {
  for (const { name, columns } of await tablesOf(owner))
    if (name.startsWith('public.') && columns.includes('org_id') && name !== 'public.organization_settings')
      await inventRow(owner, id, name.replace('public.', ''));
  const user = randomUUID();
  const session = randomUUID();
  await owner.query(
    `insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Ada', 'ada@example.com', true)`,
    [user],
  );
  await owner.query(
    `insert into auth."session" (id, "expiresAt", token, "updatedAt", "userId", "activeOrganizationId")
     values ($1, now(), 'a', now(), $2, $3)`,
    [session, user, id],
  );
  await owner.query(
    `insert into auth."account" (id, "accountId", "providerId", "userId", "updatedAt") values ($1, 'a', 'b', $2, now())`,
    [randomUUID(), user],
  );
  await owner.query(
    `insert into auth."member" (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, 'owner', now())`,
    [randomUUID(), id, user],
  );
  await owner.query(
    `insert into auth.verification (identifier, value, "expiresAt") values ('a', 'b', now());
     insert into auth.jwks ("publicKey", "privateKey", "createdAt") values ('a', 'b', now());
     insert into auth.attempts (key, count, expires_at) values ('\\x00', 1, now());
     insert into rounds_begun (id, kind, items) values (gen_random_uuid(), 'events', '[]');
     insert into restores (backup_taken_at) values (now())`,
  );
  await owner.query(
    `insert into auth.api_keys (org_id, id, name, start, key_hash, scopes)
     values ($1, gen_random_uuid(), 'a', 'hal_a', '\\x00', '{}')`,
    [id],
  );
  await owner.query(`insert into auth."twoFactor" (secret, "backupCodes", "userId") values ('a', 'b', $1)`, [
    user,
  ]);
  await owner.query(
    `insert into auth.invitation ("organizationId", email, status, "expiresAt", "tokenHash")
     values ($1, 'bo@example.com', 'pending', now(), '\\x00')`,
    [id],
  );
  await owner.query(
    `insert into auth.refresh_tokens (token_hash, session_id, expires_at) values ('\\x01', $1, now())`,
    [session],
  );
}

const tablesOf = async (owner: pg.Pool) => {
  const client = await owner.connect();
  return backedUpTables(client).finally(() => client.release());
};

test('what is restored is what was backed up, in every table, by an owner who is no superuser', async () => {
  const before = await contentOf(db.url);
  const empty = Object.entries(before).filter(([, rows]) => rows.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]); // so that no table is compared by nothing
  const url = await emptyDatabase();
  expect(
    await withClient(url, (client) =>
      client.query('select usesuper from pg_user where usename = current_user'),
    ),
  ).toMatchObject({ rows: [{ usesuper: false }] });
  const restored = await restoreBackup(url, file);
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
  await restoreBackup(url, file);
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
  expect(await shape(url)).toEqual(await shape(db.url));
});

test('the file is for its owner only, and its checksum is the one that sha256sum tells', async () => {
  const other = join(folder, 'again.backup');
  const written = await backUp(db.url, other);
  const { mode, size } = await stat(other);
  expect(mode & 0o777).toBe(0o600);
  const sha256 = createHash('sha256')
    .update(await readFile(other))
    .digest('hex');
  expect(written).toMatchObject({ bytes: size, sha256, rows: expect.any(Number) });
  await expect(stat(`${other}.part`)).rejects.toThrow('ENOENT');
});

test.each<[string, (whole: Buffer) => Buffer, RegExp]>([
  ['cut off', (whole) => whole.subarray(0, whole.length - 40), /was cut off/],
  ['cut off after a table', (whole) => gzipSync(cutAfterTable(gunzipSync(whole))), /was cut off/],
  ['altered', (whole) => gzipSync(replaced(gunzipSync(whole), 'A school', 'B school')), /checksum/],
  ['a row less', (whole) => gzipSync(withoutARow(gunzipSync(whole))), /checksum/],
  ['of a flipped byte', (whole) => flipped(whole), /cannot be restored/],
  [
    'of a newer Halyard',
    (whole) => gzipSync(replaced(gunzipSync(whole), '"schema":"0', '"schema":"9')),
    /newer one/,
  ],
  ['no backup', () => Buffer.from('hello'), /cannot be restored/],
])('a file that is %s is refused, and leaves nothing', async (name, change, sentence) => {
  const broken = join(folder, `${name}.backup`);
  await writeFile(broken, change(await readFile(file)));
  const url = await emptyDatabase();
  await expect(restoreBackup(url, broken)).rejects.toThrow(sentence);
  const { rows } = await withClient(url, (client) =>
    client.query(`select from pg_tables where schemaname in ('public', 'auth', 'bullmq')`),
  );
  expect(rows).toEqual([]);
});

const cutAfterTable = (text: Buffer) => text.subarray(0, text.indexOf('\n\\.\n') + 4);
const replaced = (text: Buffer, from: string, to: string) =>
  Buffer.from(text.toString('latin1').replace(from, to), 'latin1');
const withoutARow = (text: Buffer) => {
  const lines = text.toString('latin1').split('\n');
  lines.splice(lines.findIndex((line) => line.startsWith('{"table":"public.contacts"')) + 1, 1);
  return Buffer.from(lines.join('\n'), 'latin1');
};
const flipped = (whole: Buffer) => {
  const copy = Buffer.from(whole);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};

test('a database with anything in it is refused and left as it is', async () => {
  await expect(restoreBackup(db.url, file)).rejects.toThrow(/is not empty: it has a table/);
  const url = await emptyDatabase();
  await restoreBackup(url, file);
  await expect(restoreBackup(url, file)).rejects.toThrow(/is not empty/);
});

test('a newer Halyard restores an older backup and brings it up to date, in one transaction', async () => {
  const newer = join(folder, 'migrations');
  await cp(fileURLToPath(new URL('../../migrations', import.meta.url)), newer, { recursive: true });
  await writeFile(
    join(newer, '9998_test.sql'),
    `alter table contacts add column shoe_size text; update auth."user" set name = name || '!'`,
  );
  const url = await emptyDatabase();
  await restoreBackup(url, file, newer);
  const { rows } = await withClient(url, (client) => client.query('select name from auth."user"'));
  expect(rows).toEqual([{ name: 'Ada!' }]);
  const upToDate = join(folder, 'newer.backup');
  await backUp(url, upToDate);
  await expect(restoreBackup(await emptyDatabase(), upToDate)).rejects.toThrow(/Update Halyard first/);

  await writeFile(join(newer, '9999_test.sql'), 'select no_such_column');
  const other = await emptyDatabase();
  await expect(restoreBackup(other, file, newer)).rejects.toThrow(/9999_test.sql failed/);
  await restoreBackup(other, file); // nothing was left
});

test('a backup while writes go on holds all of a transaction or nothing of it', async () => {
  let writing = true;
  const writers = [1, 2].map(async (n) => {
    for (let turn = 0; writing; turn++)
      await db.worker.across(async (tx) => {
        const key = `${n}-${turn}`;
        await tx
          .insertInto('message_keys')
          .values({ org_id: orgId, key, message_id: randomUUID() })
          .execute();
        const id = randomUUID();
        await tx
          .insertInto('decisions')
          .values({ org_id: orgId, id, rule: key, verdict: 'send', at: new Date() })
          .execute();
      });
  });
  const busy = join(folder, 'busy.backup');
  for (let n = 0; n < 3; n++) await backUp(db.url, busy);
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
  const migrate = async (sql: string) => db.owner.query(sql);
  await migrate('create table added (org_id uuid, id uuid, primary key (org_id, id))');
  await migrate(`call isolate('added', '', '')`);
  await db.owner.query('alter table added no force row level security');
  await db.owner.query('insert into added values ($1, $1)', [orgId]);
  await db.owner.query('alter table added force row level security');
  const snapshot = await Snapshot.open(db.url);
  let text = '';
  for await (const chunk of snapshot.read()) text += chunk.toString('latin1');
  await snapshot.close();
  expect(text).toContain(`{"table":"public.added","columns":["org_id","id"]}\n${orgId}\t${orgId}\n\\.\n`);

  await migrate('drop policy backup_reads_all on added');
  await expect(Snapshot.open(db.url)).rejects.toThrow(/could not read all of added/);
  await migrate('alter table added disable row level security; revoke select on added from halyard_backup');
  await expect(Snapshot.open(db.url)).rejects.toThrow(/could not read all of added/);
  await migrate('drop table added');
});

test('one at a time, and the role of backups cannot write', async () => {
  const snapshot = await Snapshot.open(db.url);
  await expect(Snapshot.open(db.url)).rejects.toThrow('A backup is under way');
  await snapshot.close();
  await (await Snapshot.open(db.url)).close();
  await withClient(db.url, async (client) => {
    await client.query('set role halyard_backup');
    await expect(client.query('delete from contacts')).rejects.toThrow('permission denied');
  });
});

test('a backup whose connection breaks in the middle leaves no file, and the next one can begin', async () => {
  const snapshot = await Snapshot.open(db.url);
  const broken = join(folder, 'broken.backup');
  async function* breaking() {
    for await (const chunk of snapshot.read()) {
      yield chunk;
      await db.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'halyard_backup' and datname = current_database()`,
      );
    }
  }
  await expect(writeBackup({ rows: 0, read: breaking }, broken)).rejects.toThrow();
  await snapshot.close();
  for (const name of [broken, `${broken}.part`]) await expect(stat(name)).rejects.toThrow('ENOENT');
  await backUp(db.url, broken);
});
