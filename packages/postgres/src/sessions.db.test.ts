import { hashSecret } from '@halyard/core/access/secrets';
import type { OrgId, SessionId, UserId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgRefreshTokens } from './refresh-tokens.js';
import { PgSessions } from './sessions.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
const month = 30 * 86_400;

let db: TestDatabase;
let sessions: PgSessions;
let tokens: PgRefreshTokens;
beforeAll(async () => {
  db = await openTestDatabase();
  sessions = new PgSessions(db.app);
  tokens = new PgRefreshTokens(db.app);
});
afterAll(() => db.drop());

async function user(): Promise<UserId> {
  const id = randomIds<UserId>();
  await db.owner.query(
    `insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Anna', $2, true)`,
    [id, `${id}@example.com`],
  );
  return id;
}

async function session(userId: UserId, expiresAt = days(7)): Promise<SessionId> {
  const id = randomIds<SessionId>();
  await db.owner.query(
    `insert into auth.session (id, token, "userId", "expiresAt", "updatedAt") values ($1, $1::uuid::text, $2, $3, now())`,
    [id, userId, expiresAt],
  );
  return id;
}

async function join(userId: UserId, orgId: OrgId): Promise<void> {
  await db.owner.query(
    `insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, 'viewer', now())`,
    [orgId, userId],
  );
}

test('a session is found until it expires', async () => {
  const anna = await user();
  expect(await sessions.find(await session(anna))).toMatchObject({ userId: anna, name: 'Anna' });
  expect(await sessions.find(await session(anna, days(-1)))).toBeNull();
});

test("nobody ends another user's session", async () => {
  const [anna, bert] = [await user(), await user()];
  const annas = await session(anna);
  expect(await sessions.end(bert, annas)).toBe(false);
  await sessions.endOthers(bert, await session(bert));
  expect(await sessions.find(annas)).not.toBeNull();
  expect(await sessions.list(bert, annas)).toHaveLength(1);
});

test('the default organization is the active one, else the only one, and only while its user is a member', async () => {
  const anna = await user();
  const id = await session(anna);
  expect(await sessions.defaultOrganization(anna, id)).toBeNull();
  const [first, second] = [await db.organization('First'), await db.organization('Second')];
  await join(anna, first);
  expect(await sessions.defaultOrganization(anna, id)).toBe(first);
  await join(anna, second);
  expect(await sessions.defaultOrganization(anna, id)).toBeNull();
  await sessions.activate(id, second);
  expect(await sessions.defaultOrganization(anna, id)).toBe(second);
  await db.owner.query(`delete from auth.member where "userId" = $1 and "organizationId" = $2`, [
    anna,
    second,
  ]);
  expect(await sessions.defaultOrganization(anna, id)).toBe(first);
});

test('of two who use a refresh token at the same moment one gets a new one, and the session ends', async () => {
  const anna = await user();
  const rotate = (shown: string, next: string) =>
    tokens.rotate(hashSecret(shown), hashSecret(next), days(7), month);
  const results = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const id = await session(anna);
      await tokens.begin(id, hashSecret(`shown ${n}`), days(7));
      const both = await Promise.all(['one', 'other'].map((who) => rotate(`shown ${n}`, `${who} ${n}`)));
      return { outcomes: both.map(({ outcome }) => outcome).sort(), left: await sessions.find(id) };
    }),
  );
  for (const result of results) expect(result).toEqual({ outcomes: ['reused', 'rotated'], left: null });
  expect(await rotate('one 0', 'next')).toEqual({ outcome: 'unknown' });
});

test('refreshing moves the idle timeout, but not past the absolute one', async () => {
  const id = await session(await user(), days(1));
  await db.owner.query(`update auth.session set "createdAt" = now() - interval '28 days' where id = $1`, [
    id,
  ]);
  await tokens.begin(id, hashSecret('young'), days(7));
  await tokens.rotate(hashSecret('young'), hashSecret('next'), days(7), month);
  const { rows } = await db.owner.query(
    `select extract(epoch from "expiresAt" - "createdAt")::int as lasts from auth.session where id = $1`,
    [id],
  );
  expect(rows).toEqual([{ lasts: month }]);
});

test('an expired refresh token is unknown', async () => {
  const id = await session(await user());
  await tokens.begin(id, hashSecret('old'), days(-1));
  expect(await tokens.rotate(hashSecret('old'), hashSecret('new'), days(7), month)).toEqual({
    outcome: 'unknown',
  });
});

test('what is long over is swept away, what is not stays', async () => {
  const anna = await user();
  const kept = await session(anna);
  await session(anna, days(-1));
  await tokens.begin(kept, hashSecret('swept'), days(-1));
  await tokens.begin(kept, hashSecret('kept'), days(1));
  await sessions.sweep();
  const left = await db.owner.query(`select id from auth.session where "userId" = $1`, [anna]);
  expect(left.rows).toEqual([{ id: kept }]);
  const { rowCount } = await db.owner.query('select from auth.refresh_tokens where session_id = $1', [kept]);
  expect(rowCount).toBe(1);
});
