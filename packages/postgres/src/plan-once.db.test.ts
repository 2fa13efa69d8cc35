import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planOnce } from './plan-once.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
const clients: pg.Client[] = [];
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await db.drop();
});

async function connect(all: boolean): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: db.url });
  clients.push(client);
  await client.connect();
  planOnce(client, all);
  return client;
}

const kept = async (client: pg.Client): Promise<string[]> =>
  (await client.query('select statement from pg_prepared_statements order by 1')).rows.map(
    (row) => row.statement,
  );

test('a loop has each statement with parameters planned once, a request those with the mark', async () => {
  const statements = ['select $1::int + 1 as n', '/* planned once */select $1::int + 2 as n'];
  for (const [all, expected] of [
    [true, [statements[1], statements[0]]],
    [false, [statements[1]]],
  ] as const) {
    const client = await connect(all);
    for (const text of [...statements, ...statements, 'select 3'])
      expect((await client.query(text, text.includes('$1') ? [1] : undefined)).rowCount).toBe(1);
    expect((await kept(client)).sort()).toEqual([...expected].sort());
  }
});

test('a statement whose result a migration changed fails once and is planned anew', async () => {
  await db.owner.query('create table wide (n int); insert into wide values (1)');
  const client = await connect(true);
  const read = () => client.query('select * from wide where n = $1', [1]);
  await read();
  await db.owner.query('alter table wide add column m int default 2');
  await expect(read()).rejects.toMatchObject({ code: '0A000' });
  expect((await read()).rows).toEqual([{ n: 1, m: 2 }]);
});
