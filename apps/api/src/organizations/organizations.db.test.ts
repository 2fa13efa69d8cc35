import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountMails } from '../testing/account-mails.js';
import { startAccountMails } from '../testing/account-mails.js';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const password = 'a long enough password';

let mails: AccountMails;
let server: TestServer;
beforeAll(async () => {
  mails = await startAccountMails();
  server = await startTestServer({ settings: mails.settings });
});
afterAll(async () => {
  await server.stop();
  await mails.close();
});

const actionsIn = async (orgId: OrgId): Promise<string[]> => {
  const audit = await (await server.as('admin', orgId))('GET', '/audit?limit=200');
  return audit.body.items.map(({ action }: { action: string }) => action);
};

test('settings and policy are changed by admins, read by all, and every change is in the audit log', async () => {
  const orgId = await server.db.organization('Sailing school');
  const admin = await server.as('admin', orgId);
  const patch = { name: 'Segelschule', country: 'DE', time_zone: 'Europe/Berlin', locale: 'de' };
  expect(await admin('PATCH', '/organization', patch)).toMatchObject({ status: 200, body: patch });
  const policy = {
    caps: [{ messages: 3, per: 'P7D' }],
    quiet_hours: { sms: { from: '21:00', to: '08:00' } },
  };
  expect((await admin('PUT', '/organization/policy', policy)).status).toBe(200);
  const viewer = await server.as('viewer', orgId);
  expect((await viewer('GET', '/organization')).body.name).toBe('Segelschule');
  expect((await viewer('GET', '/organization/policy')).body).toMatchObject({
    ...policy,
    expire_after: 'P2D',
  });
  expect(await actionsIn(orgId)).toEqual(['organization.policy_replaced', 'organization.updated']);
  expect((await admin('PATCH', '/organization', { time_zone: 'Mars/Olympus' })).status).toBe(422);
});

test('a user works in the organization that is active, which must be one of theirs', async () => {
  const user = await server.user({ role: 'viewer', orgId: server.organization });
  const me = server.caller(user.headers);
  const mine = (await me('POST', '/organizations', { name: 'Mine' })).body.id;
  expect((await me('GET', '/organization')).status).toBe(403); // two, none active: say which
  expect((await me('POST', `/organizations/${mine}/activate`)).status).toBe(204);
  expect((await me('GET', '/organization')).body.id).toBe(mine);
  const foreign = await server.db.organization('Foreign');
  expect((await me('POST', `/organizations/${foreign}/activate`)).status).toBe(404);
  const names = (await me('GET', '/organizations')).body.items;
  expect(names.map((one: { role: string }) => one.role).sort()).toEqual(['owner', 'viewer']);
});

test('only owners make and change owners, and the last owner stays', async () => {
  const orgId = await server.db.organization('Owned');
  const owner = await server.user({ role: 'owner', orgId });
  const asOwner = server.caller(owner.headers);
  const asAdmin = await server.as('admin', orgId);
  const viewer = await server.user({ role: 'viewer', orgId });
  const change = (caller: typeof asOwner, id: string, role: string) =>
    caller('PATCH', `/users/${id}`, { role });
  expect((await change(asAdmin, viewer.userId, 'owner')).status).toBe(403);
  expect((await change(asAdmin, owner.userId, 'viewer')).status).toBe(403);
  expect((await asAdmin('DELETE', `/users/${owner.userId}`)).status).toBe(403);
  expect(await change(asOwner, owner.userId, 'admin')).toMatchObject({
    status: 409,
    body: { code: 'invalid_state' },
  });
  expect((await asOwner('POST', '/organization/leave')).status).toBe(409);
  expect((await change(asAdmin, viewer.userId, 'editor')).body.role).toBe('editor');
  expect((await change(asOwner, viewer.userId, 'owner')).body.role).toBe('owner');
  expect((await asOwner('POST', '/organization/leave')).status).toBe(204);
  expect((await asOwner('GET', '/organization', undefined, { 'x-organization-id': orgId })).status).toBe(404);
  expect(await actionsIn(orgId)).toEqual(['member.left', 'member.role_changed', 'member.role_changed']);
});

test('a change of role counts at once', async () => {
  const orgId = await server.db.organization('Quick');
  const owner = await server.as('owner', orgId);
  const editor = await server.user({ role: 'editor', orgId });
  const write = () => server.caller(editor.headers)('POST', '/products', { name: 'Course' });
  expect((await write()).status).toBe(201);
  await owner('PATCH', `/users/${editor.userId}`, { role: 'viewer' });
  expect((await write()).status).toBe(403);
  await owner('DELETE', `/users/${editor.userId}`);
  expect((await write()).status).toBe(403);
});

test('whoever is invited registers with the token from the mail: verified, in that organization, once', async () => {
  const orgId = await server.db.organization('Inviting');
  const admin = await server.as('admin', orgId);
  const email = 'new@example.com';
  const invited = await admin('POST', '/invitations', { email: 'New@Example.com', role: 'editor' });
  expect(invited).toMatchObject({
    status: 201,
    body: { email, organization: { name: 'Inviting' }, link: null },
  });
  const invitation_token = await mails.tokenFor(email, 'Invitation to Inviting');
  const register = (address: string) =>
    server.anonymous('POST', '/auth/register', { email: address, password, name: 'New', invitation_token });
  expect((await register('other@example.com')).status).toBe(422);
  expect((await register(email)).status).toBe(202);
  const { token } = (await server.anonymous('POST', '/auth/login', { email, password })).body;
  const me = await server.caller({ authorization: `Bearer ${token}` })('GET', '/users/me');
  expect(me.body).toMatchObject({
    email_verified: true,
    memberships: [{ organization: { id: orgId }, role: 'editor' }],
  });
  expect((await register('another@example.com')).status).toBe(422);
  expect((await admin('GET', '/invitations')).body.items).toEqual([]);
  expect(await actionsIn(orgId)).toEqual(['invitation.accepted', 'invitation.created']);
  expect((await admin('POST', '/invitations', { email, role: 'viewer' })).status).toBe(409);
});

test('without the token an invitation is accepted by its verified address only', async () => {
  const orgId = await server.db.organization('Verified');
  const admin = await server.as('admin', orgId);
  const user = await server.user();
  const stranger = await server.user();
  const { id } = (await admin('POST', '/invitations', { email: user.email, role: 'viewer' })).body;
  const accept = ({ headers }: typeof user) => server.caller(headers)('POST', `/invitations/${id}/accept`);
  expect((await accept(stranger)).status).toBe(404);
  const verified = (value: boolean) =>
    server.db.owner.query('update auth."user" set "emailVerified" = $1 where id = $2', [value, user.userId]);
  await verified(false);
  expect((await accept(user)).status).toBe(403);
  await verified(true);
  expect((await server.caller(user.headers)('GET', '/users/me/invitations')).body.items).toMatchObject([
    { id },
  ]);
  expect((await accept(user)).body).toEqual({ organization_id: orgId, role: 'viewer' });
  expect((await accept(user)).status).toBe(404);
});

test('an invitation that was cancelled, replaced or is too old cannot be accepted', async () => {
  const orgId = await server.db.organization('Changing');
  const admin = await server.as('admin', orgId);
  const user = await server.user();
  const invite = async () =>
    (await admin('POST', '/invitations', { email: user.email, role: 'viewer' })).body.id;
  const accept = (id: string) => server.caller(user.headers)('POST', `/invitations/${id}/accept`);
  const replaced = await invite();
  const cancelled = await invite();
  expect((await accept(replaced)).status).toBe(404);
  expect((await admin('DELETE', `/invitations/${cancelled}`)).status).toBe(204);
  expect((await accept(cancelled)).status).toBe(404);
  const old = await invite();
  await server.db.owner.query(
    `update auth.invitation set "expiresAt" = now() - interval '1 second' where id = $1`,
    [old],
  );
  expect((await accept(old)).status).toBe(404);
  expect((await admin('POST', '/invitations', { email: user.email, role: 'owner' })).status).toBe(403);
});

const followLink = (token: string, fields: Record<string, string>) =>
  server.anonymous('POST', '/auth/links/invitation', new URLSearchParams({ token, ...fields }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

test('the page behind the link makes an account or logs in to it, and joins; looking at it does nothing', async () => {
  const first = await server.db.organization('Paged');
  const second = await server.db.organization('Second');
  const email = 'paged@example.com';
  await (await server.as('admin', first))('POST', '/invitations', { email, role: 'viewer' });
  const token = await mails.tokenFor(email, 'Invitation to Paged');
  const page = await server.anonymous('GET', `/auth/links/invitation?token=${token}`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.body).toContain(`value="${token}"`);
  expect((await followLink(token, { password: 'short' })).status).toBe(422);
  expect((await followLink(token, { password, name: 'Paula' })).status).toBe(200);
  expect((await followLink(token, { password })).body).toContain('Ask for a new one');

  await (await server.as('admin', second))('POST', '/invitations', { email, role: 'editor' });
  const again = await mails.tokenFor(email, 'Invitation to Second');
  expect((await followLink(again, { password: 'not her password' })).status).toBe(401);
  const joined = await followLink(again, { password });
  const cookie = joined.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const me = await server.anonymous('GET', '/users/me', undefined, { cookie });
  expect(me.body.memberships).toHaveLength(2);
});

test('nobody floods an address with invitations', async () => {
  const admin = await server.as('admin', await server.db.organization('Insistent'));
  const invite = () => admin('POST', '/invitations', { email: 'often@example.com', role: 'viewer' });
  for (let n = 0; n < 5; n++) expect((await invite()).status).toBe(201);
  expect(await invite()).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
});

test('an invitation is written in the language of the organization', async () => {
  const orgId = await server.db.organization('Haffwind');
  const admin = await server.as('admin', orgId);
  await admin('PATCH', '/organization', { locale: 'de' });
  await admin('POST', '/invitations', { email: 'invited@example.com', role: 'editor' });
  expect(await mails.tokenFor('invited@example.com', 'Einladung zu Haffwind')).not.toBe('');
});

test('what a link carries cannot become markup', async () => {
  const page = await server.anonymous('GET', `/auth/links/email?token=${encodeURIComponent('"><script>')}`);
  expect(page.body).toContain('&quot;&gt;&lt;script&gt;');
  expect(page.body).not.toContain('<script>');
});
