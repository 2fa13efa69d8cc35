import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';

describe.skipIf(skipWithoutChromium)('the overview', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
  }, 240_000);
  afterAll(() => harbour?.close());

  const send = (visitor: Visitor, more: object = {}) =>
    visitor.call('POST', '/messages/send', {
      contact: { email: 'lena@mail.example', first_name: 'Lena' },
      create_contact: true,
      content: { subject: 'Ahoy', body: 'See you on board' },
      channels: ['email'],
      class: 'transactional',
      ...more,
    });

  test('what changes is on the page without loading it again, and without asking for it', async () => {
    const { page } = anna;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await anna.open('/en');
    await page.getByText('Nothing is planned').waitFor();
    await page.getByText('Nothing was sent in the last 30 days').waitFor();
    expect(asked.filter((path) => path === '/api/live')).toHaveLength(1);

    // By somebody else, so that nothing in this page knows of it.
    const other = await anna.page.context().newPage();
    await other.goto(page.url());
    const elsewhere = (body: object) =>
      other.evaluate(
        async (given) => {
          const headers = { 'content-type': 'application/json' };
          await fetch('/api/messages/send', { method: 'POST', headers, body: given });
        },
        JSON.stringify({ to: { email: 'ole@mail.example' }, content: { body: 'Ahoy' }, ...body }),
      );
    await elsewhere({ channels: ['email'], class: 'service', send_at: '2031-05-01T09:00:00Z' });
    await page.getByRole('heading', { name: 'Thursday 1 May' }).waitFor();
    await other.close();
  });

  test('figures are told in words, drawn and listed day by day', async () => {
    const { page } = anna;
    await anna.addSandbox();
    await send(anna);
    // Counted by a service after a while; the page hears of it.
    const delivery = page
      .getByRole('region', { name: 'Delivery' })
      .or(page.locator('section', { hasText: 'Delivery' }));
    await delivery.getByText('Sent', { exact: true }).first().waitFor({ timeout: 60_000 });
    await delivery.locator('dd').first().getByText('1').waitFor();
    await delivery.locator('.recharts-bar-rectangle').first().waitFor();
    await delivery.getByText('Day by day, as a table').click();
    await delivery.getByRole('table', { name: 'Delivery' }).getByRole('row').nth(1).waitFor();
    expect(await anna.barriers()).toEqual([]);
    expect(anna.complaints).toEqual([]);
  }, 120_000);

  test('a tab whose session has ended goes to the sign-in by itself', async () => {
    const { page } = anna;
    await anna.open('/en');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await anna.call('POST', '/auth/logout').catch(() => {});
    await page.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 30_000 });
  });
});
