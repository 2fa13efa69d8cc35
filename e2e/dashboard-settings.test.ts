import { codeFor } from '@halyard/api/testing/authenticator-app';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, password, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

describe.skipIf(skipWithoutChromium)('the settings', () => {
  let harbour: Harbour;
  let anna: Visitor;
  let vera: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
  }, 180_000);
  afterAll(() => harbour?.close());

  test('a connection is added, tested, and paused with a way back', async () => {
    const { page } = anna;
    await anna.open('/en/settings');
    await page.getByText('None yet: nothing can be sent.').waitFor();
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Add connection' }).click();
    await page.getByRole('button', { name: /^Sandbox/ }).click();
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('Sandbox is connected.').waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('The provider takes the credentials.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Works', { exact: true }).waitFor();
  });

  test('what a provider needs is asked for at its fields, and what was typed stays', async () => {
    const { page } = anna;
    await anna.open('/en/settings/connections?add=smtp');
    await page.getByLabel('Server').fill('mail.school.example');
    await page.getByLabel('From address').fill('nobody');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('Enter an email address, such as hello@example.com.').waitFor();
    expect(await page.getByLabel('Server').inputValue()).toBe('mail.school.example');
  });

  test('a bot that cannot be reached is saved all the same, with what was ticked', async () => {
    const { page } = anna;
    await anna.open('/en/settings/connections?add=telegram_bot');
    await page.getByLabel('Token of the bot').fill('110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw');
    await page.getByLabel('Take what people write to the bot').check();
    await page.getByText('More settings').click();
    await page.getByLabel('Base URL').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('Telegram could not be reached').waitFor();
    await page.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('Telegram bot is connected.').waitFor();
    await page.getByRole('button', { name: 'Edit Telegram bot' }).click();
    await page.getByText('Reports of the provider').waitFor();
    expect(await page.getByLabel('Take what people write to the bot').isChecked()).toBe(true);
  });

  test('an API key does what it was made for, and nothing else', async () => {
    const { page } = anna;
    await anna.open('/en/settings/api-keys');
    await page.getByRole('button', { name: 'Create API key' }).click();
    await page.getByLabel('Name').fill('Website form');
    await page.getByLabel('contacts:read').check();
    await page.getByRole('button', { name: 'Create key' }).click();
    const key = await page.getByText(/^hal_\S{20,}$/).textContent();
    const call = (method: string) =>
      fetch(new URL('/contacts', harbour.server.url), { method, headers: { 'x-api-key': String(key) } });
    expect((await call('GET')).status).toBe(200);
    expect((await call('POST')).status).toBe(403);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('No API key').waitFor();
    await until(
      async () => (await call('GET')).status,
      (status) => status === 401,
    );
  });

  test('an inbound hook takes what bears its token, and says why it refused the rest', async () => {
    const { page } = anna;
    await anna.open('/en/settings/inbound-hooks?add=yes');
    await page.getByLabel('Name').fill('Shop');
    await page.getByLabel('Signature', { exact: true }).selectOption('No signature');
    await page.getByRole('button', { name: 'Create hook' }).click();
    await page.getByText('Ask for a signature, a token or an address').waitFor();
    await page.getByLabel('Ask for a bearer token').check();
    await page.getByRole('button', { name: 'Create hook' }).click();
    await page.getByRole('heading', { name: 'What the other system needs' }).waitFor();
    const shown = page.locator('section', { hasText: 'What the other system needs' }).locator('code');
    const [url, token] = await shown.allTextContents();
    const push = (bearer = '') =>
      fetch(new URL(new URL(String(url)).pathname, harbour.server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({
          type: 'order.placed',
          contact: { email: 'lena@mail.example' },
          create_contact: true,
        }),
      });
    expect((await push('wrong')).status).toBe(401);
    expect((await push(token)).ok).toBe(true);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.reload();
    await page.getByText('the token is wrong.').waitFor();
    await page.getByText('Takes what comes').waitFor();

    await page.getByRole('button', { name: 'Edit Shop' }).click();
    await page.getByLabel('Ask for a bearer token').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Ask for a signature, a token or an address').waitFor();
    await page.getByLabel('Signature', { exact: true }).selectOption('HMAC in hexadecimal');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Signing secret').waitFor();
    expect((await push(token)).status).toBe(401);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('Events · HMAC in hexadecimal').waitFor();
  });

  test('quiet hours are kept', async () => {
    const { page } = anna;
    await anna.open('/en/settings/sending');
    await page.getByRole('button', { name: 'Add quiet hours' }).click();
    await page.getByLabel('from').fill('22:15');
    await page.getByLabel('to', { exact: true }).fill('06:45');
    await page.getByRole('button', { name: 'Sun' }).click();
    await page
      .getByRole('form', { name: 'When and how often' })
      .getByRole('button', { name: 'Save' })
      .click();
    await page.getByText('The rules are saved.').waitFor();
    await page.reload();
    await page.getByLabel('from').waitFor();
    expect(await page.getByLabel('from').inputValue()).toBe('22:15');
    const { quiet_hours } = await anna.call<{ quiet_hours: unknown }>('GET', '/organization/policy');
    const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    expect(quiet_hours).toEqual({ default: { from: '22:15', to: '06:45', weekdays } });
  });

  test('somebody is invited by a link, and gets another role', async () => {
    const { page } = anna;
    await anna.open('/en/settings/members');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel('Email').fill('vera@mail.example');
    await page.getByLabel('Role', { exact: true }).selectOption('Viewer');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await page.getByText(/^https?:.*invitation/).textContent();
    vera = await Visitor.invited(harbour, 'Vera', String(link));

    await page.reload();
    await page.getByLabel('Role of Vera').selectOption('Editor');
    await page.getByText('Vera: Editor').waitFor();
    const role = () =>
      vera
        .call<{ memberships: { role: string }[] }>('GET', '/users/me')
        .then((me) => me.memberships[0]?.role);
    expect(await role()).toBe('editor');
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(role, (now) => now === 'viewer');
  });

  test('a viewer sees what may be read, and no button that would be refused', async () => {
    const { page } = vera;
    await vera.open('/en/settings/connections');
    await page.getByText('Works', { exact: true }).waitFor();
    for (const name of ['Add connection', 'Test', 'Pause'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await vera.open('/en/settings/sending');
    await page.getByLabel('from').waitFor();
    expect(await page.getByLabel('from').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await vera.open('/en/settings/api-keys');
    await page.getByText('Admins and owners see this.').waitFor();
    expect(await page.getByRole('button', { name: 'Create API key' }).count()).toBe(0);
    expect(vera.complaints).toEqual([]);
  });

  test('two-factor is switched on with an app, and asked for at the next sign-in', async () => {
    const { page } = anna;
    await anna.open('/en/settings/profile');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByLabel('Your password').fill(password);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).textContent()) ?? '';
    const uri = `otpauth://totp/Halyard?secret=${secret.replaceAll(' ', '')}`;
    await page.getByLabel('Code', { exact: true }).fill(codeFor(uri, -1));
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('Two-factor sign-in is on.').waitFor();

    await anna.call('POST', '/auth/logout');
    await anna.open('/en/settings/profile');
    await anna.signIn('Anna');
    await page.getByLabel('Code').fill(codeFor(uri));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('On: signing in takes a code of your authenticator app.').waitFor();
    expect(anna.complaints).toEqual([]);
  });
});
