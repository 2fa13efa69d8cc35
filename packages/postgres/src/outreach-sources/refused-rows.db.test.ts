import { expect } from 'vitest';
import { databaseTest } from '../testing/database-test.js';
import { polledSource } from '../testing/polled-source.js';
import type { TestDatabase } from '../testing/test-database.js';

const table = async (db: TestDatabase, more = '') => {
  await db.owner.query(`drop table if exists their_outreach; drop type if exists their_state`);
  await db.owner.query(
    `create type their_state as enum ('pending', 'accepted', 'scheduled', 'sent', 'rejected');
     create table their_outreach (
       id bigint primary key, body text, email text, status their_state default 'pending', error text ${more})`,
  );
  return polledSource(db, await db.organization());
};
const add = (db: TestDatabase, ids: number[], body = 'Ahoi') =>
  db.owner.query(
    `insert into their_outreach (id, body, email)
     select id, $2, 'guest' || id || '@example.com' from unnest($1::bigint[]) id`,
    [ids, body],
  );
const states = async (db: TestDatabase) => {
  const { rows } = await db.owner.query('select id::int, status::text from their_outreach order by id');
  return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
};
const minutes = (n: number) => n * 60_000;

databaseTest('a row that its table refuses holds up no other, is told, and tried again', async ({ db }) => {
  const { poll, clock, error } = await table(
    db,
    `, constraint hands_off check (id <> 1 or status = 'pending')`,
  );
  await add(db, [1, 2, 3]);
  await poll();
  expect(await states(db)).toEqual({ 1: 'pending', 2: 'scheduled', 3: 'scheduled' });
  expect(await error()).toMatch(/refuses 1 row, .* key 1: .*hands_off/);
  await db.owner.query('alter table their_outreach drop constraint hands_off');
  await poll();
  expect(await states(db)).toMatchObject({ 1: 'pending' });
  clock.advance(minutes(16));
  await poll();
  expect(await states(db)).toEqual({ 1: 'scheduled', 2: 'scheduled', 3: 'scheduled' });
  expect(await error()).toBeNull();
});

databaseTest('what became of one row may be refused, and that of the others is written', async ({ db }) => {
  const { poll, clock, error } = await table(db);
  await db.owner.query(`
    create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'Not on a Sunday' using errcode = 'ZZ001'; end $$;
    create constraint trigger on_sunday after update on their_outreach deferrable initially deferred
      for each row when (new.id = 1 and new.status = 'sent') execute function refuse()`);
  await add(db, [1, 2]);
  await poll();
  await db.owner.query(`update messages set status = 'sent'`);
  await poll();
  expect(await states(db)).toEqual({ 1: 'scheduled', 2: 'sent' });
  expect(await error()).toContain('Not on a Sunday');
  await db.owner.query('drop trigger on_sunday on their_outreach');
  clock.advance(minutes(16));
  await poll();
  expect(await states(db)).toEqual({ 1: 'sent', 2: 'sent' });
  expect(await error()).toBeNull();
});

databaseTest('a status that their enum does not have is refused for its rows alone', async ({ db }) => {
  const { poll, error } = await table(db);
  await add(db, [1, 2]);
  await poll();
  await db.owner.query(`update messages set status = 'dead'`);
  await add(db, [3]);
  await poll();
  expect(Object.values(await states(db))).toEqual(['scheduled', 'scheduled', 'scheduled']);
  expect(await error()).toContain('their_state');
});

databaseTest('a row as large as no request may be is rejected as any bad row', async ({ db }) => {
  const { poll, error } = await table(db);
  await add(db, [1], 'x'.repeat(1_048_577));
  await add(db, [2]);
  await poll();
  const { rows } = await db.owner.query(
    `select status::text, error, (select count(*)::int from review_items where reason = error) as told
     from their_outreach order by id`,
  );
  expect(rows).toEqual([
    { status: 'rejected', error: expect.stringContaining('1048576 bytes'), told: 1 },
    { status: 'scheduled', error: null, told: 0 },
  ]);
  expect(await error()).toBeNull();
});
