import type { OrgId, UserId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit } from './audit.js';
import { PgAuditTrail, verifyAuditTrail } from './audit-trail.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let trail: PgAuditTrail;
beforeAll(async () => {
  db = await openTestDatabase();
  trail = new PgAuditTrail(db.app);
});
afterAll(() => db.drop());

/** An organization with this many records in its log. */
async function logged(count: number): Promise<OrgId> {
  const orgId = await db.organization();
  for (let n = 1; n <= count; n++) await append(orgId, `thing.changed_${n}`);
  return orgId;
}

const append = (orgId: OrgId, action: string) =>
  db.app.forOrg(orgId, (tx) =>
    appendAudit(tx, orgId, {
      actor: { type: 'user', id: 'anna', name: 'Anna' },
      action,
      target: { type: 'thing', id: '1' },
      changes: { name: 'Ümläut', count: 1 },
    }),
  );

/** Changes the log as somebody with the owner's rights could, past grants and policies. */
async function tamper(orgId: OrgId, statement: string): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query('alter table audit_log no force row level security');
    await client.query(statement, [orgId]);
    await client.query('alter table audit_log force row level security');
    await client.query('commit');
  } finally {
    client.release();
  }
}

test('a writer that has not committed yet holds nobody up, and comes after those who have', async () => {
  const orgId = await db.organization();
  await db.app.forOrg(orgId, async (tx) => {
    await appendAudit(tx, orgId, { actor: { type: 'user', id: 'slow' }, action: 'thing.begun_first' });
    await append(orgId, 'thing.ended_first');
  });
  const { items } = await trail.list(orgId, { limit: 10 });
  expect(items.map(({ seq, action }) => [seq, action])).toEqual([
    [2, 'thing.begun_first'],
    [1, 'thing.ended_first'],
  ]);
  expect(await verifyAuditTrail(db.app, orgId)).toMatchObject({ intact: true, checked: 2 });
});

test('a log that nobody touched is intact, also an empty one', async () => {
  expect(await verifyAuditTrail(db.app, await logged(5))).toMatchObject({ intact: true, checked: 5 });
  expect(await verifyAuditTrail(db.app, await logged(0))).toMatchObject({ intact: true, head: null });
});

test.each([
  ['an altered record', `update audit_log set changes = '{}' where org_id = $1 and seq = 3`, 3],
  ['another actor', `update audit_log set actor_name = 'Bert' where org_id = $1 and seq = 1`, 1],
  ['another moment', `update audit_log set at = at - interval '1 hour' where org_id = $1 and seq = 5`, 5],
  ['a removed record', 'delete from audit_log where org_id = $1 and seq = 3', 4],
  ['a removed beginning', 'delete from audit_log where org_id = $1 and seq <= 2', 3],
] as const)('%s is found, and named', async (_what, statement, brokenAt) => {
  const orgId = await logged(5);
  await tamper(orgId, statement);
  const result = await verifyAuditTrail(db.app, orgId);
  expect(result).toMatchObject({ intact: false, broken_at: brokenAt });
  expect(result.reason).toContain(`Record ${brokenAt}`);
});

test('a record that was rewritten with a fitting hash breaks the chain at the next one', async () => {
  const orgId = await logged(5);
  await tamper(orgId, `update audit_log set action = 'nothing' where org_id = $1 and seq = 2`);
  await tamper(orgId, 'update audit_log set hash = audit_row_hash(audit_log) where org_id = $1 and seq = 2');
  expect(await verifyAuditTrail(db.app, orgId)).toMatchObject({ intact: false, broken_at: 3 });
});

test('records cut off at the end show against the head that was kept', async () => {
  const orgId = await logged(5);
  const kept = await verifyAuditTrail(db.app, orgId);
  await tamper(orgId, 'delete from audit_log where org_id = $1 and seq = 5');
  const now = await verifyAuditTrail(db.app, orgId);
  expect(now.intact).toBe(true);
  expect([now.checked, now.head]).not.toEqual([kept.checked, kept.head]);
});

test('writers at the same moment make one chain without a gap', async () => {
  const orgId = await logged(0);
  await Promise.all(Array.from({ length: 20 }, (_, n) => append(orgId, `thing.changed_${n}`)));
  expect(await verifyAuditTrail(db.app, orgId)).toMatchObject({ intact: true, checked: 20 });
});

test('neither role can change or remove a record', async () => {
  const orgId = await logged(1);
  for (const role of [db.app, db.worker])
    for (const statement of [`update audit_log set action = 'x'`, 'delete from audit_log'])
      await expect(role.pool.query(`${statement} where org_id = $1`, [orgId])).rejects.toMatchObject({
        code: '42501',
      });
});

test('the log is read newest first, by filter and page by page, and only by its organization', async () => {
  const orgId = await logged(5);
  const first = await trail.list(orgId, { limit: 2 });
  expect(first.items.map(({ seq }) => seq)).toEqual([5, 4]);
  const second = await trail.list(orgId, { limit: 2, cursor: first.next_cursor ?? '' });
  expect(second.items.map(({ seq }) => seq)).toEqual([3, 2]);
  const found = await trail.list(orgId, { limit: 10, action: 'thing.changed_4', actor_id: 'anna' });
  expect(found.items).toMatchObject([
    { seq: 4, target: { type: 'thing', id: '1' }, changes: { name: 'Ümläut', count: 1 } },
  ]);
  expect((await trail.list(await logged(0), { limit: 10 })).items).toEqual([]);
});

test('what people change about themselves is in the log of each organization they work in', async () => {
  const userId = randomIds<UserId>();
  const [first, second, third] = [await logged(0), await logged(0), await logged(0)];
  await db.owner.query(
    `insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Anna', $2, true)`,
    [userId, `${userId}@example.com`],
  );
  for (const orgId of [first, second])
    await db.owner.query(
      `insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, 'viewer', now())`,
      [orgId, userId],
    );
  const actor = { type: 'user' as const, id: userId };
  await trail.recordForUser(userId, { actor, action: 'user.password_changed' });
  const counts = await Promise.all(
    [first, second, third].map(async (orgId) => (await trail.list(orgId, { limit: 10 })).items.length),
  );
  expect(counts).toEqual([1, 1, 0]);
});
