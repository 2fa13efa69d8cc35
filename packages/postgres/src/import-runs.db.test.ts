import { maxTries } from '@halyard/core/decide/retry';
import type { ImportId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { ImportBatch, ImportRunStore } from '@halyard/core/imports/run-import';
import { RunImport } from '@halyard/core/imports/run-import';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgImportRunStore } from './import-runs.js';
import { PgImportStore } from './imports.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'import.created' };
const nobody = { poke: () => {}, listen: () => () => {} };
const clock = { now: () => new Date() };
let db: TestDatabase;
let imports: PgImportStore;
let runs: PgImportRunStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  imports = new PgImportStore(db.app);
  runs = new PgImportRunStore(db.worker);
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

/** 1,600 rows: four batches; every tenth has no address, and the last hundred repeat the first. */
const rows = Array.from({ length: 1_600 }, (_, n) =>
  n % 10 === 9 ? 'wrong,x' : `p${n % 1_500}@example.org,P${n % 1_500}`,
);
async function upload(text = ['email,first_name', ...rows].join('\n'), dry_run = false): Promise<ImportId> {
  const id = randomIds<ImportId>();
  const bytes = Buffer.from(text);
  await imports.insert(school, id, 'csv', { dry_run, consent_source: 'test' }, audit);
  for (let n = 0; n * 10_000 < bytes.length; n++)
    await imports.addChunk(school, id, n, bytes.subarray(n * 10_000, (n + 1) * 10_000));
  await imports.enqueue(school, id, bytes.length);
  return id;
}
const room = { room: async () => {} };
const run = (id: ImportId, store: ImportRunStore = runs) =>
  new RunImport(store, nobody, clock, room).run(school, id);
const result = {
  status: 'completed',
  rows_read: 1_600,
  created: 1_350,
  updated: 0,
  unchanged: 90,
  rejected: 160,
};
const contacts = async () =>
  (await db.owner.query('select count(*)::int as n from contacts where org_id = $1', [school])).rows[0].n;

/** Dies at the n-th batch: before it is written, or after it was committed. */
function dying(at: number, when: 'before' | 'after'): ImportRunStore {
  let n = 0;
  return {
    start: (...args) => runs.start(...args),
    bytes: (...args) => runs.bytes(...args),
    noteIgnoredColumns: (...args) => runs.noteIgnoredColumns(...args),
    finish: (...args) => runs.finish(...args),
    notDied: (...args) => runs.notDied(...args),
    quarantine: (...args) => runs.quarantine(...args),
    async apply(orgId: OrgId, id: ImportId, batch: ImportBatch, now: Date) {
      n += 1;
      if (n === at && when === 'before') throw new Error('killed');
      const applied = await runs.apply(orgId, id, batch, now);
      if (n === at) throw new Error('killed');
      return applied;
    },
  };
}

test.each([
  [1, 'before'],
  [2, 'after'],
  [3, 'before'],
  [4, 'after'],
] as const)(
  'an import that dies at batch %i (%s its commit) goes on without loss or repetition',
  async (at, when) => {
    const id = await upload();
    await expect(run(id, dying(at, when))).rejects.toThrow('killed');
    expect(await runs.unfinished()).toContainEqual({ orgId: school, id });
    await run(id);
    expect(await imports.find(school, id)).toMatchObject(result);
    expect(await contacts()).toBe(1_350);
    expect(await imports.rejects(school, id, 0, 1_000)).toHaveLength(160);
    const created = await db.owner.query(
      `select count(*)::int as n from events where org_id = $1 and type = 'contact.created'`,
      [school],
    );
    expect(created.rows[0].n).toBe(1_350);
  },
);

test('a file that ends every process which reads it is given up, and a person is told where', async () => {
  const id = await upload();
  await expect(run(id, dying(1, 'after'))).rejects.toThrow('killed'); // a failure, of which nobody died
  for (let deaths = 0; deaths < maxTries; deaths++) await runs.start(school, id, clock.now());
  await run(id);
  const error = expect.stringMatching(/process ended each time .* after row 500/);
  expect(await imports.find(school, id)).toMatchObject({ status: 'failed', error });
  expect(await contacts()).toBe(450);
  const { rows: items } = await db.owner.query(
    'select kind, subject_type, subject_id, reason from review_items where org_id = $1',
    [school],
  );
  expect(items).toEqual([
    { kind: 'quarantined_input', subject_type: 'import', subject_id: id, reason: error },
  ]);
  await run(id);
  expect(await runs.unfinished()).not.toContainEqual({ orgId: school, id });
});

test('two processes with the same import do its work once', async () => {
  const id = await upload();
  await Promise.all([run(id), run(id)]);
  await run(id);
  expect(await imports.find(school, id)).toMatchObject(result);
});

test('an import waits while too many events are undecided; told to end meanwhile, it goes on at the next start', async () => {
  const id = await upload();
  const ending = new AbortController();
  let batches = 0;
  const full = {
    room: async () => {
      if (++batches === 3) ending.abort();
    },
  };
  await new RunImport(runs, nobody, clock, full).run(school, id, ending.signal);
  expect(await imports.find(school, id)).toMatchObject({ status: 'running', rows_read: 1_000 });
  await run(id);
  expect(await imports.find(school, id)).toMatchObject(result);
});

test('a cancelled import stops after the batch that is being written, and is not started again', async () => {
  const id = await upload();
  await expect(run(id, dying(1, 'after'))).rejects.toThrow('killed');
  expect(await imports.cancel(school, id, audit)).toMatchObject({ status: 'cancelled', rows_read: 500 });
  await run(id);
  expect(await imports.find(school, id)).toMatchObject({ status: 'cancelled', rows_read: 500 });
  expect(await imports.cancel(school, id, audit)).toBe(false);
  expect(await contacts()).toBe(450);
});

test('a dry run says what the import will do, also of rows that repeat far apart, and writes nothing', async () => {
  const text = [
    'email,first_name,phone',
    ...Array.from({ length: 700 }, (_, n) => `p${n}@example.org,P${n},`),
    'p0@example.org,P0,', // unchanged
    'p1@example.org,Other,030 1234567', // updated
    ',Other,+49 30 1234567', // that number is known by now: unchanged
    'q@example.org,Q,+49 30 1234567', // a number that somebody else has
  ].join('\n');
  await db.owner.query(`update organization_settings set country = 'DE' where org_id = $1`, [school]);
  const dry = await upload(text, true);
  await expect(run(dry, dying(2, 'after'))).rejects.toThrow('killed');
  await run(dry);
  expect(await contacts()).toBe(0);
  const real = await upload(text);
  await run(real);
  const counts = { rows_read: 704, created: 700, updated: 1, unchanged: 2, rejected: 1 };
  expect(await imports.find(school, dry)).toMatchObject({ status: 'completed', ...counts });
  expect(await imports.find(school, real)).toMatchObject({ status: 'completed', ...counts });
  const [rejected] = await imports.rejects(school, dry, 0, 10);
  expect(rejected?.reason).toMatch(/belongs to a contact with another e-mail address/);
});

test('another organization sees and cancels nothing', async () => {
  const id = await upload('email\nwrong\n');
  await run(id);
  const other = await db.organization('Other school');
  expect(await imports.find(other, id)).toBeNull();
  expect(await imports.rejects(other, id, 0, 10)).toEqual([]);
  expect(await imports.cancel(other, id, audit)).toBeNull();
  expect((await imports.list(other, { limit: 10 })).items).toEqual([]);
  await expect(imports.addChunk(other, id, 9, Buffer.from('x'))).rejects.toThrow();
});
