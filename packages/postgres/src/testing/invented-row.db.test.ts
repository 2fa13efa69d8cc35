import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventRow } from './invented-row.js';
import type { TestDatabase } from './test-database.js';
import { openTestDatabase } from './test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

test('a row can be invented in every tenant table that holds an id', async () => {
  const { rows } = await db.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c
       join pg_attribute id on id.attrelid = c.oid and id.attname = 'id'
       join pg_attribute org on org.attrelid = c.oid and org.attname = 'org_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  const orgId = await db.organization();
  for (const { name } of rows)
    expect(await inventRow(db.owner, orgId, name), name).toMatchObject({ org_id: orgId });
});
