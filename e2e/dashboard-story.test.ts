import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';

const day = 86_400_000;
const ahead = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

const sizes = [
  { name: 'Anna', device: 'desk', viewport: { width: 1280, height: 800 } },
  { name: 'Paula', device: 'phone', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
] as const;

/** What docs/guide walks through, with nothing but the pages: from an empty organization to the reason of a message. */
describe.skipIf(skipWithoutChromium)('the story of a sailing school', () => {
  let harbour: Harbour;
  beforeAll(async () => {
    harbour = await openHarbour();
  }, 180_000);
  afterAll(() => harbour?.close());

  test.each(sizes)(
    'on a $device',
    async ({ name, viewport, ...device }) => {
      const visitor = await Visitor.arrive(harbour, { viewport, ...('isMobile' in device && device) });
      const { page } = visitor;
      await visitor.open('/en/register');
      await visitor.register(name);

      await visitor.open('/en/settings/connections?add=sandbox');
      await page.getByLabel('Name', { exact: true }).fill('Sandbox');
      await page.getByRole('button', { name: 'Test and save' }).click();
      await page.getByText('Sandbox is connected.').waitFor();

      await visitor.open('/en/recipes');
      await page.getByRole('button', { name: /^Install\s?: Sailing school/ }).click();
      await page.getByRole('button', { name: 'Install now' }).click();
      await page.getByRole('heading', { name: /Sailing school.* is installed/ }).waitFor();
      const flow = page.getByRole('link', { name: 'Sailing school: before', exact: true });
      const address = (await flow.getAttribute('href')) ?? '';

      await visitor.open('/en/bookings');
      await page.getByRole('link', { name: 'Create the first booking' }).click();
      await page.getByRole('button', { name: 'Somebody new' }).click();
      await page.getByLabel('First name').fill('Lena');
      await page.getByLabel('Email').fill('lena@mail.example');
      await page.getByLabel('Start').fill(`${ahead(30)}T10:00`);
      await page.getByLabel('End').fill(`${ahead(32)}T16:00`);
      await page.getByRole('button', { name: 'Create booking' }).click();
      await page.getByRole('heading', { name: 'Lena', level: 1 }).waitFor();
      await page.getByRole('listitem').filter({ hasText: '7 days before the start' }).waitFor();
      const booking = page.url();

      await visitor.open(address);
      await page.getByRole('button', { name: /^7 days before/ }).click();
      await page.getByRole('spinbutton', { name: 'How long' }).fill('5');
      await page.getByText('All changes saved').waitFor();
      await page.getByRole('button', { name: 'Simulate', exact: true }).click();
      await page.locator('form').getByRole('button', { name: 'Simulate', exact: true }).click();
      await page.getByText(/messages would be sent/).waitFor();
      await page.getByRole('cell', { name: '7 days before' }).waitFor();
      await page.getByText('Shifted:').waitFor();

      await page.getByRole('button', { name: 'Check and publish' }).click();
      await page.getByRole('button', { name: 'Publish version 2' }).click();
      await page.getByText('Version 2 is published.').waitFor();

      await visitor.open('/en/inbox');
      await page
        .getByRole('button', { name: /lena@mail.example/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByText('lena@mail.example opened it.').waitFor();
      await page.getByRole('link', { name: 'Why it was sent' }).click();
      await page.getByRole('heading', { name: 'At a glance' }).waitFor();
      await page.getByText('All rules let it through').waitFor();

      await visitor.open(new URL(booking).pathname + new URL(booking).search);
      await page.getByRole('button', { name: 'Reschedule' }).click();
      await page.getByLabel('Start').fill(`${ahead(37)}T10:00`);
      await page.getByRole('button', { name: 'Move booking' }).click();
      await page.getByText(/messages moved with it\./).waitFor();
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await page.getByRole('button', { name: 'Cancel it' }).click();
      await page.getByText(/Booking cancelled\. \d messages will not be sent/).waitFor();
      expect(visitor.complaints).toEqual([]);
    },
    90_000,
  );
});
