import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
});

const id = '00000000-0000-7000-8000-000000000001';
const add = (tx: Tx, name: string) =>
  sql`${ahead}insert into contacts (org_id, id, external_id) values (${school}, gen_random_uuid(), ${name})`.execute(
    tx,
  );
const addTwice = async (tx: Tx) => {
  await add(tx, 'twice');
  await add(tx, 'twice');
};
const names = async () =>
  (await db.owner.query('select external_id from contacts where org_id = $1 order by 1', [school])).rows.map(
    (row) => row.external_id,
  );

test('what was sent ahead is there for the next statement, and after the commit', async () => {
  const seen = await db.app.forOrg(school, async (tx) => {
    await add(tx, 'mia');
    return (await sql<{ external_id: string }>`select external_id from contacts`.execute(tx)).rows;
  });
  expect(seen).toEqual([{ external_id: 'mia' }]);
  await db.app.forOrg(school, (tx) => add(tx, 'noah'));
  expect(await names()).toEqual(['mia', 'noah']);
});

test('the next statement, or else the commit, fails with the error of one that was sent ahead; nothing stays', async () => {
  const duplicate = { code: '23505', constraint: 'contacts_external_id' };
  const met: unknown[] = [];
  const next = db.app.forOrg(school, async (tx) => {
    await addTwice(tx);
    await sql`select 1`.execute(tx).catch((error: unknown) => {
      met.push(error);
      throw error;
    });
  });
  await expect(next).rejects.toMatchObject(duplicate);
  expect(met).toMatchObject([duplicate]);
  await expect(db.app.forOrg(school, addTwice)).rejects.toMatchObject(duplicate);
  expect(await names()).toEqual([]);
});

test('so it does when both answers come in one piece, and the statement is planned once', async () => {
  const adding = (tx: Tx) =>
    sql`${ahead}${planned}insert into contacts (org_id, id, external_id)
      values (${school}, gen_random_uuid(), ${'there'})`.execute(tx);
  await db.app.forOrg(school, adding);
  for (let n = 0; n < 50; n++)
    await expect(db.app.forOrg(school, adding)).rejects.toMatchObject({ code: '23505' });
  expect(await names()).toEqual(['there']);
});

test('an error of our own is the one that is told, and the connection goes on', async () => {
  const failing = db.app.forOrg(school, async (tx) => {
    await addTwice(tx);
    throw new Error('of our own');
  });
  await expect(failing).rejects.toThrow('of our own');
  await Promise.all(Array.from({ length: 12 }, (_, n) => db.app.forOrg(school, (tx) => add(tx, `n${n}`))));
  expect(await names()).toHaveLength(12);
});

test('a part of a transaction around a whole request fails alone', async () => {
  await db.app.aroundOrg(school, async (tx) => {
    await add(tx, 'before');
    await expect(db.app.forOrg(school, addTwice)).rejects.toMatchObject({ code: '23505' });
    await db.app.forOrg(school, (inner) => add(inner, 'after'));
  });
  expect(await names()).toEqual(['after', 'before']);
});

test('whoever names no organization of ours writes nothing, although nobody waits for the beginning', async () => {
  const broken = db.app.forOrg('no organization' as OrgId, (tx) =>
    sql`insert into contacts (org_id, id) values (${school}, ${id})`.execute(tx),
  );
  await expect(broken).rejects.toMatchObject({ code: '22P02' });
  expect(await names()).toEqual([]);
});
