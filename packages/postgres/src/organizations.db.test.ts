import { hashSecret } from '@halyard/core/access/secrets';
import { automation } from '@halyard/core/actor';
import type { InvitationId, OrgId, UserId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgInvitationStore } from './invitations.js';
import { PgMemberStore } from './members.js';
import { PgOrganizationStore } from './organizations.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const audit = { actor: automation('test'), action: 'test' };

let db: TestDatabase;
let organizations: PgOrganizationStore;
let members: PgMemberStore;
let invitations: PgInvitationStore;
let owner: UserId;
let school: OrgId;
let other: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  organizations = new PgOrganizationStore(db.app);
  members = new PgMemberStore(db.app);
  invitations = new PgInvitationStore(db.app);
  owner = await user();
  school = randomIds<OrgId>();
  await organizations.insert(school, { name: 'Sailing school' }, owner, audit);
  other = await db.organization('Another school');
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

test('an organization begins with its settings, its owner and a record of it', async () => {
  expect(await organizations.find(school)).toMatchObject({ name: 'Sailing school', locale: 'en' });
  expect(await organizations.readPolicy(school)).toMatchObject({ caps: [], expire_after: 'P2D' });
  expect(await organizations.membershipsOf(owner)).toEqual([
    { organization: { id: school, name: 'Sailing school' }, role: 'owner' },
  ]);
  const { rowCount } = await db.app.forOrg(school, async (tx) => ({
    rowCount: (await tx.selectFrom('audit_log').select('seq').execute()).length,
  }));
  expect(rowCount).toBe(1);
});

test('another organization sees no member, and changes none', async () => {
  expect(await members.list(other)).toEqual([]);
  expect(await members.changeRole(other, owner, 'viewer', 'owner', audit)).toBe('missing');
  expect(await members.remove(other, owner, 'owner', audit)).toBe('missing');
  expect(await members.list(school)).toMatchObject([{ id: owner, role: 'owner' }]);
});

test('of two owners who leave at the same moment one stays, whichever way it goes', async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const [first, second] = [await user(), await user()];
      const shared = randomIds<OrgId>();
      await organizations.insert(shared, { name: 'Shared' }, first, audit);
      await db.owner.query(
        `insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, 'owner', now())`,
        [shared, second],
      );
      return Promise.all([first, second].map((id) => members.remove(shared, id, 'owner', audit)));
    }),
  );
  for (const pair of results) expect(pair.sort()).toEqual(['last_owner', 'removed']);
});

test('another organization sees no invitation, and cancels none', async () => {
  const id = randomIds<InvitationId>();
  const invitation = {
    id,
    email: 'bert@example.com',
    role: 'viewer' as const,
    tokenHash: hashSecret('token'),
    invitedBy: owner,
    expiresAt: new Date(Date.now() + 60_000),
    handedOver: false,
  };
  await invitations.insert(school, invitation, audit);
  expect(await invitations.listOpen(other)).toEqual([]);
  expect(await invitations.cancel(other, id, audit)).toBe(false);
  expect(await invitations.listOpen(school)).toMatchObject([{ id, invited_by: 'Anna' }]);
  expect(await invitations.addressOf(hashSecret('token'))).toBe('bert@example.com');
});

test('a change of settings stays in its organization', async () => {
  await organizations.update(school, { country: 'DE' }, audit);
  expect(await organizations.find(other)).toMatchObject({ name: 'Another school', country: null });
});
