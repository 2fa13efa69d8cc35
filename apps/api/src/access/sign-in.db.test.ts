import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const password = 'a long enough password';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const register = async (email: string) => {
  const answer = await server.anonymous('POST', '/auth/register', { email, password, name: 'Anna' });
  expect(answer.status).toBe(202);
  return answer;
};
const logIn = (email: string, secret = password) =>
  server.anonymous('POST', '/auth/login', { email, password: secret });
const cookieOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
const ownPage = { 'sec-fetch-site': 'same-origin' };

test('whoever registers gets an organization of their own and logs in with a JWT or a cookie', async () => {
  await register('anna@example.com');
  const login = await logIn('Anna@Example.com');
  expect(login).toMatchObject({ status: 200, body: { token_type: 'Bearer', user: { name: 'Anna' } } });
  const proofs: Record<string, string>[] = [
    { authorization: `Bearer ${login.body.token}` },
    { cookie: cookieOf(login) },
  ];
  for (const proof of proofs) {
    const me = await server.anonymous('GET', '/users/me', undefined, proof);
    expect(me).toMatchObject({
      status: 200,
      body: { email: 'anna@example.com', email_verified: false, memberships: [{ role: 'owner' }] },
    });
    const [{ organization }] = me.body.memberships;
    expect(me.body.active_organization_id).toBe(organization.id);
    const settings = await server.anonymous('GET', '/organization', undefined, proof);
    expect(settings.body).toMatchObject({ id: organization.id, name: 'Anna' });
  }
  expect(login.headers.getSetCookie()[0]).toMatch(/^halyard\.session_token=.*HttpOnly; SameSite=Lax/);
});

test('registering a known address answers the same, changes nothing and logs nobody in with the new password', async () => {
  const first = await register('known@example.com');
  const second = await server.anonymous('POST', '/auth/register', {
    email: 'known@example.com',
    password: 'quite another password',
    name: 'Eve',
  });
  expect({ ...second, headers: null }).toEqual({ ...first, headers: null });
  expect((await logIn('known@example.com', 'quite another password')).status).toBe(401);
  expect((await logIn('known@example.com')).status).toBe(200);
});

test('a wrong password and an unknown address get the same answer', async () => {
  await register('bert@example.com');
  const wrong = await logIn('bert@example.com', 'not his password');
  const unknown = await logIn('nobody@example.com');
  const said = ({ status, body }: Answer) => ({ status, code: body.code, detail: body.detail });
  expect(said(wrong)).toEqual(said(unknown));
  expect(said(wrong)).toMatchObject({ status: 401, code: 'invalid_credentials' });
});

test('after ten failures an account is closed for a while, also for the right password, and says when to come back', async () => {
  await register('carla@example.com');
  for (let n = 0; n < 10; n++) expect((await logIn('carla@example.com', `wrong ${n}`)).status).toBe(401);
  const limited = await logIn('carla@example.com');
  expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(60);
  expect((await logIn('dora@example.com')).status).toBe(401);
});

test('an outdated hash is renewed when its owner logs in', async () => {
  await register('emil@example.com');
  const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  const where = `where "userId" = (select id from auth."user" where email = 'emil@example.com')`;
  await server.db.owner.query(`update auth.account set password = $1 ${where}`, [weak]);
  expect((await logIn('emil@example.com')).status).toBe(200);
  const { rows } = await server.db.owner.query(`select password from auth.account ${where}`);
  expect(rows[0].password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await logIn('emil@example.com')).status).toBe(200);
});

test('logging in anew ends the session whose cookie the browser had', async () => {
  await register('frida@example.com');
  const cookie = cookieOf(await logIn('frida@example.com'));
  const again = await server.anonymous(
    'POST',
    '/auth/login',
    { email: 'frida@example.com', password },
    { cookie, ...ownPage },
  );
  expect(cookieOf(again)).not.toBe(cookie);
  expect((await server.anonymous('GET', '/users/me', undefined, { cookie })).status).toBe(401);
  expect((await server.anonymous('GET', '/users/me', undefined, { cookie: cookieOf(again) })).status).toBe(
    200,
  );
});

test('logging out ends the session: cookie, JWT and refresh token stop working', async () => {
  await register('gerda@example.com');
  const login = await logIn('gerda@example.com');
  const bearer = { authorization: `Bearer ${login.body.token}` };
  expect((await server.anonymous('POST', '/auth/logout', undefined, bearer)).status).toBe(204);
  expect((await server.anonymous('GET', '/users/me', undefined, bearer)).status).toBe(401);
  expect((await server.anonymous('GET', '/users/me', undefined, { cookie: cookieOf(login) })).status).toBe(
    401,
  );
  const { refresh_token } = login.body;
  expect((await server.anonymous('POST', '/auth/refresh', { refresh_token })).status).toBe(401);
});

test('a refresh token works once; shown again, it ends the session of both who have it', async () => {
  await register('hugo@example.com');
  const login = await logIn('hugo@example.com');
  const refresh = (refresh_token: string) => server.anonymous('POST', '/auth/refresh', { refresh_token });
  const renewed = await refresh(login.body.refresh_token);
  expect(renewed.status).toBe(200);
  const third = await refresh(renewed.body.refresh_token);
  expect(third.status).toBe(200);
  const bearer = { authorization: `Bearer ${third.body.token}` };
  expect((await server.anonymous('GET', '/users/me', undefined, bearer)).status).toBe(200);
  expect((await refresh(login.body.refresh_token)).status).toBe(401);
  expect((await server.anonymous('GET', '/users/me', undefined, bearer)).status).toBe(401);
  expect((await refresh(third.body.refresh_token)).status).toBe(401);
  const { rowCount } = await server.db.owner.query(`select from auth.session where "userId" = $1`, [
    login.body.user.id,
  ]);
  expect(rowCount).toBe(0);
});

test('a JWT that was tampered with, names no algorithm or is signed with our public key is refused', async () => {
  await register('ida@example.com');
  const { token } = (await logIn('ida@example.com')).body;
  const [head, body, signature] = token.split('.');
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const forged = [
    `${head}.${encode({ ...claims, sub: '00000000-0000-7000-8000-000000000001' })}.${signature}`,
    `${encode({ alg: 'none' })}.${body}.`,
    `${encode({ alg: 'HS256', kid: JSON.parse(Buffer.from(head, 'base64url').toString()).kid })}.${body}.${signature}`,
    'hal_nothing',
    'nonsense',
  ];
  for (const proof of forged) {
    const answer = await server.anonymous('GET', '/users/me', undefined, {
      authorization: `Bearer ${proof}`,
    });
    expect(answer.status, proof).toBe(401);
  }
});

test('a page of another site changes nothing with the cookie, and a failed proof is not made up for by it', async () => {
  await register('jana@example.com');
  const cookie = cookieOf(await logIn('jana@example.com'));
  const create = (headers: Record<string, string>) =>
    server.anonymous('POST', '/organizations', { name: 'Another' }, { cookie, ...headers });
  expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await create({ 'sec-fetch-site': 'same-site', origin: server.url })).status).toBe(403);
  expect((await create({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await create({ origin: 'null' })).status).toBe(403);
  expect((await create({})).status).toBe(403);
  expect((await create({ authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await create({ origin: server.url })).status).toBe(201);
  expect((await create(ownPage)).status).toBe(201);
  const foreign = await server.anonymous(
    'POST',
    '/auth/login',
    { email: 'jana@example.com', password },
    { 'sec-fetch-site': 'cross-site' },
  );
  expect(foreign.status).toBe(403);
});

test('a session ends when idle for too long, and after its absolute time however much it is used', async () => {
  await register('karl@example.com');
  const login = await logIn('karl@example.com');
  const userId = login.body.user.id;
  const me = () => server.anonymous('GET', '/users/me', undefined, { cookie: cookieOf(login) });
  const sql = (statement: string) => server.db.owner.query(statement, [userId]);
  await sql(
    `update auth.session set "createdAt" = now() - interval '29 days', "expiresAt" = now() + interval '1 hour' where "userId" = $1`,
  );
  expect((await me()).status).toBe(200);
  const { rows } = await sql(
    `select "expiresAt" <= "createdAt" + interval '30 days' as capped from auth.session where "userId" = $1`,
  );
  expect(rows).toEqual([{ capped: true }]);
  await sql(`update auth.session set "expiresAt" = now() - interval '1 second' where "userId" = $1`);
  expect((await me()).status).toBe(401);
});

test('reached by https, the session cookie is __Host- and Secure', async () => {
  const secure = await startTestServer({ settings: { PUBLIC_URL: 'https://halyard.example' } });
  try {
    const email = 'lena@example.com';
    await secure.anonymous('POST', '/auth/register', { email, password, name: 'Lena' });
    const login = await secure.anonymous('POST', '/auth/login', { email, password });
    const [cookie] = login.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-halyard\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const sent = { cookie: cookieOf(login), origin: 'https://halyard.example' };
    expect((await secure.anonymous('POST', '/auth/logout', undefined, sent)).status).toBe(204);
  } finally {
    await secure.stop();
  }
});
