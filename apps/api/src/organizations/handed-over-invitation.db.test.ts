import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** A server without a mail server: whoever invites passes the link on. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const password = 'a password that is long enough';

test('who invites gets the link; it lets in, and proves nothing about the address', async () => {
  const orgId = await server.db.organization('Without mail');
  const other = await server.db.organization('Another school');
  const email = 'new@example.com';
  const invite = async (id: typeof orgId) =>
    (await (await server.as('admin', id))('POST', '/invitations', { email, role: 'editor' })).body;
  const { link, ...invited } = await invite(orgId);
  expect(invited).toMatchObject({ email, organization: { name: 'Without mail' } });
  expect(link).toMatch(/\/auth\/links\/invitation\?token=\S+$/);
  const invitation_token = new URL(link).searchParams.get('token');
  const made = { email, password, name: 'New', invitation_token };
  expect((await server.anonymous('POST', '/auth/register', made)).status).toBe(202);
  const { token } = (await server.anonymous('POST', '/auth/login', { email, password })).body;
  const me = server.caller({ authorization: `Bearer ${token}` });
  expect((await me('GET', '/users/me')).body).toMatchObject({
    email_verified: false,
    memberships: [{ organization: { id: orgId }, role: 'editor' }],
  });
  // Else an admin could make themselves an account of anybody's address, and take what others offer to that address.
  const { id } = await invite(other);
  expect((await me('GET', '/users/me/invitations')).body.items).toEqual([]);
  expect((await me('POST', `/invitations/${id}/accept`)).status).toBe(403);
});

test('the link is nowhere else: not in the list, not in the audit log', async () => {
  const orgId = await server.db.organization('Quiet');
  const admin = await server.as('admin', orgId);
  const { link } = (await admin('POST', '/invitations', { email: 'b@example.com', role: 'viewer' })).body;
  const secret = String(new URL(link).searchParams.get('token'));
  for (const path of ['/invitations', '/audit'])
    expect(JSON.stringify((await admin('GET', path)).body)).not.toContain(secret);
});
