import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

const content = {
  subject: 'The season begins',
  body: '<p>Ahoy Lena, <a href="https://school.example/book">book a boat</a></p>',
};

describe.skipIf(skipWithoutChromium)('the sandbox inbox and the review', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
  }, 180_000);
  afterAll(() => harbour?.close());

  test('what was sent is opened, clicked and unsubscribed from as its recipient would, and its story says so', async () => {
    const { page } = anna;
    await anna.open('/en/inbox');
    await page.getByRole('link', { name: 'Add the sandbox' }).waitFor();
    await anna.addSandbox();
    const lena = { contact: { email: 'lena@mail.example', first_name: 'Lena' }, create_contact: true };
    const order = { ...lena, content, channels: ['email'], class: 'transactional' };
    await anna.call('POST', '/messages/send', order);
    await until(
      () => anna.call<{ items: unknown[] }>('GET', '/messages?status=delivered'),
      ({ items }) => items.length === 1,
    );
    await page.reload();
    await page.getByRole('button', { name: /lena@mail.example/ }).click();
    await page.getByRole('heading', { name: 'The season begins' }).waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('lena@mail.example opened it.').waitFor();
    await page.getByText(/^opened /).waitFor();
    await page.frameLocator('iframe').getByRole('link', { name: 'book a boat' }).click();
    await page.getByText('lena@mail.example clicked a link in it.').waitFor();
    await page.getByText(/^clicked /).waitFor();
    await page.getByRole('button', { name: 'Unsubscribe', exact: true }).click();
    await page.getByRole('button', { name: 'Unsubscribe now' }).click();
    await page.getByText('lena@mail.example unsubscribed.').waitFor();
    await page.getByRole('link', { name: 'Why it was sent' }).click();
    await page.getByRole('heading', { name: 'At a glance' }).waitFor();
    for (const told of ['A link in it was clicked.', 'The recipient unsubscribed.'])
      await page.getByText(told).first().waitFor();
    expect(anna.complaints).toEqual([]);
  }, 40_000);

  test('a reply stands below, and the inbox is emptied after a second look', async () => {
    const { page } = anna;
    await anna.open('/en/inbox?recipient=LENA');
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByLabel('Your answer').fill('Aye aye');
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('lena@mail.example answered.').waitFor();
    await page.locator('blockquote').getByText('Aye aye').waitFor();
    await page.getByRole('button', { name: 'Empty inbox' }).click();
    await page.getByRole('button', { name: 'Empty it' }).click();
    await page.getByText('The inbox is empty.').waitFor();
    await page.getByText('Nothing has arrived for this recipient').waitFor();
  }, 40_000);

  test('a refused outreach item is mended and taken, and then goes out', async () => {
    const { page } = anna;
    const { id: tenant_id } = await anna.call<{ id: string }>('GET', '/organization');
    const item = {
      id: randomUUID(),
      tenant_id,
      user_id: randomUUID(),
      channel: 'email',
      subject: 'Sailing for your team',
      body: 'Moin {{firstName',
      target: { email: 'mia@mail.example', name: 'Mia' },
    };
    await anna.call('POST', '/outreach/items/batch', { items: [item] });
    await anna.open('/en/review');
    await page.getByRole('heading', { name: 'An input was refused and set aside' }).waitFor();
    const input = page.getByLabel('The input');
    await input.fill(JSON.stringify({ ...item, body: 'Moin', target: {} }));
    await page.getByRole('button', { name: 'Take the corrected input' }).click();
    await page.getByText('An item for email needs target.email.').waitFor();
    await input.fill(JSON.stringify({ ...item, body: 'Moin {{firstName}}' }));
    await page.getByRole('button', { name: 'Take the corrected input' }).click();
    await page.getByText('The corrected input was taken.').waitFor();
    await page.getByText('Tried again by').waitFor();
    await page.getByRole('link', { name: 'The message and its story' }).click();
    await page.getByRole('heading', { name: 'Mia' }).waitFor();
    await anna.open('/en/review');
    await page.getByText('Nothing waits for you').waitFor();
  }, 40_000);
});
