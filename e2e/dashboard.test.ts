import { codeFor } from '@halyard/api/testing/authenticator-app';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, password, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

describe.skipIf(skipWithoutChromium)('the dashboard', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.arrive(harbour);
  }, 180_000);
  afterAll(() => harbour?.close());

  test('who registers sees an overview that says what comes, and why a message was sent', async () => {
    const { page } = anna;
    await anna.open('/');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await anna.register('Anna');
    await page.getByText('Nothing is planned').waitFor();
    await page.getByText('Nothing waits for you.').waitFor();

    await anna.call('POST', '/connections', {
      provider: 'sandbox',
      name: 'Sandbox',
      settings: {},
      secrets: {},
    });
    const contact = { contact: { email: 'lena@mail.example', first_name: 'Lena' }, create_contact: true };
    const content = { subject: 'Ahoy', body: 'See you on board' };
    const message = { ...contact, content, channels: ['email'], class: 'transactional' };
    await anna.call('POST', '/messages/send', message);
    await anna.call('POST', '/messages/send', { ...message, send_at: '2031-05-01T09:00:00Z' });
    await until(
      () => anna.call<{ items: unknown[] }>('GET', '/messages?status=delivered'),
      ({ items }) => items.length === 1,
    );
    await page.reload();
    await page.getByRole('heading', { name: 'Thursday 1 May' }).waitFor();

    await page.getByRole('link', { name: 'Messages', exact: true }).click();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Delivered');
    await page
      .getByRole('row', { name: /Delivered Lena/ })
      .getByRole('link')
      .click();
    await page.getByText('All rules let it through').waitFor();
    await page.getByText('See you on board').waitFor();
    await page.getByText(/^\d+ checks$/).click();
    await page.getByText('The address (email) is not suppressed.').waitFor();
    expect(anna.complaints).toEqual([]);
  });

  test('an installation that was restored says on every page that nothing goes out, until it is released', async () => {
    const { page } = anna;
    const since = '2031-04-01T22:00:00Z';
    await harbour.db.owner.query('insert into restores (backup_taken_at) values ($1)', [since]);
    await anna.open('/de/messages');
    await page.getByText('Es geht nichts hinaus.').waitFor();
    expect(await page.locator('main time').first().getAttribute('datetime')).toBe('2031-04-01T22:00:00.000Z');
    expect(await anna.barriers()).toEqual([]);
    await harbour.db.owner.query('update restores set released_at = now()');
    await page.reload();
    await page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
    expect(await page.getByText('Es geht nichts hinaus.').count()).toBe(0);
  });

  test('a planned message is cancelled after a second look, and the story tells of it', async () => {
    const { page } = anna;
    await anna.open('/en/messages?status=scheduled');
    await page.getByRole('link', { name: 'Lena' }).click();
    await page.getByRole('button', { name: 'Cancel message' }).click();
    await page.getByText('It will not be sent.').waitFor();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Send again' }).waitFor();
  });

  test('the language changes where one is, and is kept', async () => {
    const { page } = anna;
    await anna.open('/en/messages?channel=email');
    await page.getByRole('button', { name: 'Account and display' }).click();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
    expect(page.url()).toMatch(/\/de\/messages\?channel=email$/);
    await anna.open('/');
    await page.getByRole('heading', { name: 'Übersicht' }).waitFor();
    await page.getByRole('button', { name: 'Konto und Darstellung' }).click();
    await page.getByRole('button', { name: 'Dunkel' }).click();
    await page.reload();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  });

  test('a page asked for without a session comes after the sign-in, but none of another site', async () => {
    const visitor = await Visitor.arrive(harbour);
    const { page } = visitor;
    await visitor.open('/en/messages?status=delivered');
    await page.getByText('Sign in to see this page.').waitFor();
    await visitor.signIn('Anna', 'a wrong password');
    await page.getByText('Email, password or code is not right.').waitFor();
    await visitor.signIn('Anna');
    await page.getByRole('row', { name: /Lena/ }).waitFor();
    expect(page.url()).toMatch(/\/en\/messages\?status=delivered$/);

    await page.getByRole('button', { name: 'Account and display' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.open('/en/sign-in?next=//elsewhere.example/');
    await visitor.signIn('Anna');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  test('who is invited joins from the link, and a viewer sees nothing that would be refused', async () => {
    const { link } = await anna.call<{ link: string }>('POST', '/invitations', {
      email: 'vera@mail.example',
      role: 'viewer',
    });
    const vera = await Visitor.arrive(harbour);
    await vera.open(new URL(link).pathname + new URL(link).search);
    await vera.page.getByRole('link', { name: 'Create account' }).click();
    await vera.register('Vera', null);
    await vera.page.getByText('School of Anna').first().waitFor();
    await vera.page.getByText('Viewer').first().waitFor();
    await vera.open('/en/messages?status=cancelled');
    await vera.page.getByRole('link', { name: 'Lena' }).click();
    await vera.page.getByRole('heading', { name: 'At a glance' }).waitFor();
    expect(await vera.page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  });

  test('a message of another organization is not there', async () => {
    const { items } = await anna.call<{ items: { id: string }[] }>('GET', '/messages');
    const eve = await Visitor.arrive(harbour);
    await eve.open('/en/register');
    await eve.register('Eve');
    await eve.open(`/en/message?id=${items[0]?.id}`);
    await eve.page.getByText('There is no such message').first().waitFor();
  });

  test('who has several organizations works in one of them after signing in', async () => {
    const ben = await Visitor.arrive(harbour);
    await ben.open('/en/register');
    await ben.register('Benno');
    await ben.call('POST', '/organizations', { name: 'Second school' });
    await ben.call('POST', '/auth/logout');
    await ben.open('/en/sign-in');
    const before = ben.complaints.length; // until then the page was told that there are two now
    await ben.signIn('Benno');
    await ben.page.getByText('Nothing is planned').waitFor();
    expect(ben.complaints.slice(before)).toEqual([]);
  });

  test('the second step of signing in', async () => {
    const tom = await Visitor.arrive(harbour);
    await tom.open('/en/register');
    await tom.register('Tom');
    const { totp_uri: uri } = await tom.call<{ totp_uri: string }>('POST', '/auth/two-factor/enable', {
      password,
    });
    await tom.call('POST', '/auth/two-factor/verify', { code: codeFor(uri, -1) });
    await tom.call('POST', '/auth/logout');
    await tom.open('/en/messages');
    await tom.signIn('Tom');
    await tom.page.getByLabel('Code').fill(codeFor(uri));
    await tom.page.getByRole('button', { name: 'Sign in' }).click();
    await tom.page.getByText('No messages yet').waitFor();
  });
});
