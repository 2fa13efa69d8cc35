import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AccountMails } from '../testing/account-mails.js';
import { startAccountMails } from '../testing/account-mails.js';
import { codeFor } from '../testing/authenticator-app.js';
import type { Answer, TestCaller, TestServer } from '../testing/test-server.js';
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

const logIn = (email: string, secret = password) =>
  server.anonymous('POST', '/auth/login', { email, password: secret });
const cookieOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
const by = (answer: Answer): TestCaller => server.caller({ authorization: `Bearer ${answer.body.token}` });

async function signedUp(name: string) {
  const email = `${name}@example.com`;
  await server.anonymous('POST', '/auth/register', { email, password, name });
  return { email, login: await logIn(email) };
}

test('a forgotten password is replaced through the mail, once, and all sessions end', async () => {
  const { email, login } = await signedUp('anna');
  expect((await server.anonymous('POST', '/auth/password/forgot', { email })).status).toBe(202);
  const token = await mails.tokenFor(email, 'Set a new password');
  const reset = () =>
    server.anonymous('POST', '/auth/password/reset', { token, password: 'another long password' });
  expect((await reset()).status).toBe(204);
  expect(await reset()).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
  expect((await by(login)('GET', '/users/me')).status).toBe(401);
  expect((await logIn(email)).status).toBe(401);
  const renewed = await logIn(email, 'another long password');
  expect(renewed.status).toBe(200);
  const audit = await by(renewed)('GET', '/audit?action=user.password_reset');
  expect(audit.body.items).toHaveLength(1);
});

test('people change their name, and the log says so', async () => {
  const { login } = await signedUp('nina');
  const renamed = await by(login)('PATCH', '/users/me', { name: ' Nina Nord ' });
  expect(renamed).toMatchObject({ status: 200, body: { name: 'Nina Nord', email_verified: false } });
  expect((await by(login)('GET', '/users/me')).body.name).toBe('Nina Nord');
  expect((await by(login)('PATCH', '/users/me', { name: ' ' })).status).toBe(422);
  expect((await by(login)('GET', '/audit?action=user.renamed')).body.items).toHaveLength(1);
});

test('asking for a reset tells nobody which addresses are known', async () => {
  const { email } = await signedUp('bert');
  const known = await server.anonymous('POST', '/auth/password/forgot', { email });
  const unknown = await server.anonymous('POST', '/auth/password/forgot', { email: 'who@example.com' });
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
});

test('whoever registers a known address does not learn it; its owner does', async () => {
  const { email } = await signedUp('carla');
  await server.anonymous('POST', '/auth/register', { email, password, name: 'Eve' });
  await vi.waitFor(() => expect(mails.subjectsFor(email)).toContain('You have an account already'));
});

test('changing the password needs the old one and ends all other sessions, but not this one', async () => {
  const { email, login } = await signedUp('dora');
  const elsewhere = await logIn(email);
  const change = (current_password: string) =>
    by(login)('POST', '/auth/password', { current_password, new_password: 'another long password' });
  expect((await change('not the old one')).status).toBe(401);
  expect((await change(password)).status).toBe(204);
  expect((await by(elsewhere)('GET', '/users/me')).status).toBe(401);
  expect((await by(login)('GET', '/users/me')).status).toBe(200);
  expect((await logIn(email, 'another long password')).status).toBe(200);
});

test('whoever registers in German gets German mails and pages, and none carries the name they chose', async () => {
  const email = 'german@example.com';
  const german = { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' };
  const name = 'Anna, log in at evil.example';
  await server.anonymous('POST', '/auth/register', { email, password, name }, german);
  await server.anonymous('POST', '/auth/password/forgot', { email });
  const token = await mails.tokenFor(email, 'Neues Passwort festlegen');
  expect(mails.textsFor(email).join()).not.toContain('evil.example');

  const page = await server.anonymous('GET', `/auth/links/password?token=${token}`, undefined, german);
  expect(page.body).toContain('<html lang="de">');
  expect(page.body).toContain('Passwort festlegen');
  const follow = (secret: string) =>
    server.anonymous(
      'POST',
      '/auth/links/password',
      new URLSearchParams({ token, password: secret }).toString(),
      { ...german, 'content-type': 'application/x-www-form-urlencoded' },
    );
  expect(await follow('short')).toMatchObject({
    status: 422,
    body: expect.stringContaining('mindestens 12 Zeichen'),
  });
  expect((await follow('another long password')).status).toBe(200);
  expect((await follow('another long password')).body).toContain('Dieser Link wurde benutzt');
  expect((await logIn(email, 'another long password')).status).toBe(200);
});

test('an address is verified by the token from its mail', async () => {
  const { email, login } = await signedUp('emil');
  const token = await mails.tokenFor(email, 'Confirm your address');
  expect((await server.anonymous('POST', '/auth/email/verify', { token: `${token}x` })).status).toBe(401);
  expect((await server.anonymous('POST', '/auth/email/verify', { token })).status).toBe(204);
  expect((await by(login)('GET', '/users/me')).body.email_verified).toBe(true);
  expect((await by(login)('GET', '/audit?action=user.email_verified')).body.items).toHaveLength(1);
  const again = await by(login)('POST', '/auth/email/send-verification');
  expect(again).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
});

test('with two-factor on, the password alone gives a cookie for the second step and nothing else', async () => {
  const { email, login } = await signedUp('frida');
  expect((await by(login)('POST', '/auth/two-factor/enable', { password: 'wrong' })).status).toBe(401);
  const begun = await by(login)('POST', '/auth/two-factor/enable', { password });
  expect(begun.body.backup_codes).toHaveLength(10);
  const uri = begun.body.totp_uri;
  expect((await logIn(email)).status).toBe(200); // not on before the first code
  expect((await by(login)('POST', '/auth/two-factor/verify', { code: '000000' })).status).toBe(401);
  const on = await by(login)('POST', '/auth/two-factor/verify', { code: codeFor(uri) });
  expect(on.status).toBe(200);
  expect((await by(on)('GET', '/users/me')).body.two_factor).toBe(true);

  const first = await logIn(email);
  expect(first).toMatchObject({ status: 401, body: { code: 'two_factor_required' } });
  expect(first.body.token).toBeUndefined();
  const cookie = cookieOf(first);
  expect((await server.anonymous('GET', '/users/me', undefined, { cookie })).status).toBe(401);
  const complete = (body: object, headers = { cookie }) =>
    server.anonymous('POST', '/auth/two-factor', body, headers);
  expect((await complete({ code: codeFor(uri) }, { cookie: '' })).status).toBe(401);
  expect((await complete({ code: '000000' })).status).toBe(401);
  expect((await complete({ code: codeFor(uri) })).status).toBe(401); // it has switched two-factor on already
  const again = cookieOf(await logIn(email));
  const code = codeFor(uri, 1);
  const second = await complete({ code }, { cookie: again });
  expect(second).toMatchObject({ status: 200, body: { user: { email } } });
  expect((await by(second)('GET', '/users/me')).status).toBe(200);
  expect((await complete({ code: codeFor(uri) })).status).toBe(401); // the step was used up
  const sessions = async () => (await by(second)('GET', '/auth/sessions')).body.items.length;
  const before = await sessions();
  // Who saw the code and knows the password has no use for it, though it is valid for another minute.
  const reused = await complete({ code }, { cookie: cookieOf(await logIn(email)) });
  expect(reused).toMatchObject({ status: 401, body: { detail: expect.stringContaining('used already') } });
  expect(await sessions()).toBe(before);

  const [backup] = begun.body.backup_codes;
  const withBackup = async () =>
    complete({ code: backup, method: 'backup' }, { cookie: cookieOf(await logIn(email)) });
  expect((await withBackup()).status).toBe(200);
  expect((await withBackup()).status).toBe(401); // a backup code works once

  const off = await by(second)('POST', '/auth/two-factor/disable', { password });
  expect(off.status).toBe(200);
  expect((await logIn(email)).status).toBe(200);
  const actions = (await by(off)('GET', '/audit')).body.items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(expect.arrayContaining(['user.two_factor_enabled', 'user.two_factor_disabled']));
});

test('a program without cookies completes the log-in with the challenge, once, and only with one of ours', async () => {
  const { email, login } = await signedUp('fritz');
  const { totp_uri } = (await by(login)('POST', '/auth/two-factor/enable', { password })).body;
  await by(login)('POST', '/auth/two-factor/verify', { code: codeFor(totp_uri) });
  const { challenge } = (await logIn(email)).body;
  const complete = (shown: string) =>
    server.anonymous('POST', '/auth/two-factor', { code: codeFor(totp_uri, 1), challenge: shown });
  expect((await complete(`${challenge}x`)).status).toBe(401);
  expect((await complete('invented')).status).toBe(401);
  const signedIn = await complete(challenge);
  expect(signedIn).toMatchObject({ status: 200, body: { user: { email } } });
  expect((await by(signedIn)('GET', '/users/me')).status).toBe(200);
  expect((await complete(challenge)).status).toBe(401);
});

test('guessing codes ends the second step after five tries, whatever the code', async () => {
  const { email, login } = await signedUp('gerda');
  const begun = await by(login)('POST', '/auth/two-factor/enable', { password });
  const uri = begun.body.totp_uri;
  await by(login)('POST', '/auth/two-factor/verify', { code: codeFor(uri) });
  const cookie = cookieOf(await logIn(email));
  const complete = (code: string) => server.anonymous('POST', '/auth/two-factor', { code }, { cookie });
  for (let n = 0; n < 5; n++) expect((await complete('000000')).status).toBe(401);
  expect((await complete(codeFor(uri, 1))).status).toBe(401);
});

test('people see where they are signed in and end a session there', async () => {
  const { email, login } = await signedUp('hugo');
  const elsewhere = await logIn(email);
  const sessions = (await by(login)('GET', '/auth/sessions')).body.items;
  expect(sessions).toHaveLength(2);
  for (const session of sessions)
    expect(session).toMatchObject({ ip_address: '127.0.0.1', user_agent: expect.stringContaining('node') });
  expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  const other = sessions.find(({ current }: { current: boolean }) => !current);
  expect((await by(login)('DELETE', `/auth/sessions/${other.id}`)).status).toBe(204);
  expect((await by(elsewhere)('GET', '/users/me')).status).toBe(401);
  expect((await by(login)('GET', '/users/me')).status).toBe(200);
});
