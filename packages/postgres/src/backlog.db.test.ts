import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBacklogStore } from './backlog.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  await db.owner.query(
    `with recorded as (
       insert into events (org_id, id, type, occurred_at)
       select $1, gen_random_uuid(), 'user.login', now() from generate_series(1, 20) returning org_id, id
     )
     insert into pending_events (org_id, event_id) select org_id, id from recorded`,
    [school],
  );
});
afterAll(() => db.drop());

test('it counts what waits, and no further than asked', async () => {
  const store = new PgBacklogStore(db.app);
  expect(await store.undecided(school, 100)).toBe(20);
  expect(await store.undecided(school, 5)).toBe(5);
});

test('what waits in another organization does not count', async () => {
  expect(await new PgBacklogStore(db.app).undecided(await db.organization(), 100)).toBe(0);
});
