import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

describe.skipIf(skipWithoutChromium)('templates in the dashboard', () => {
  let harbour: Harbour;
  let anna: Visitor;
  let mailId: string;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna', { viewport: { width: 1360, height: 900 } });
    anna.page.setDefaultTimeout(10_000);
    await anna.addSandbox();
    await anna.call('POST', '/contacts', { email: 'lena@mail.example', first_name: 'Lena', locale: 'en' });
  }, 180_000);
  afterAll(() => harbour?.close());

  test('an email is written by blocks beside what its recipient gets, and a test of it arrives', async () => {
    const { page } = anna;
    const preview = page.getByRole('region', { name: 'Preview' });
    const mail = page.frameLocator('iframe[title="The mail as its recipient sees it"]');
    await anna.open('/en/templates');
    await page.getByText('No templates yet').waitFor();
    await page.getByRole('button', { name: 'New template' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Ahoy on board');
    await page.getByRole('button', { name: 'Create and write' }).click();
    await mail.getByText('Hi Ada').waitFor();
    mailId = new URL(page.url()).searchParams.get('id') ?? '';

    await page.getByRole('button', { name: 'Add block' }).click();
    await page.getByRole('button', { name: 'Button', exact: true }).click();
    await page.getByRole('textbox', { name: 'On the button' }).fill('See the harbour');
    await page.getByRole('textbox', { name: 'Leads to' }).fill('https://haff.example/harbour');
    await mail.getByRole('link', { name: 'See the harbour' }).waitFor();
    await page.getByRole('button', { name: 'Move up: Button' }).click();
    const blocks = page.getByRole('list', { name: 'Body' }).getByRole('listitem');
    await until(
      () => blocks.nth(1).textContent(),
      (text) => text?.startsWith('Button') === true,
    );

    const subject = page.getByLabel('Subject', { exact: true });
    await subject.fill('Welcome on board, ');
    await page.getByRole('button', { name: 'Insert a variable: Subject' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /First name.*Ada/ })
      .click();
    expect(await subject.inputValue()).toBe('Welcome on board, {{ firstName | default: "there" }}');
    await preview.getByRole('button', { name: 'Invented sailor' }).click();
    await preview.getByLabel('Search contacts').fill('Len');
    await preview.getByRole('button', { name: 'Lena' }).click();
    await preview.getByText('Welcome on board, Lena').waitFor();
    await mail.getByText('Hi Lena').waitFor();

    await preview.getByRole('button', { name: 'On a phone' }).click();
    const { width = 0 } = (await page.locator('iframe').boundingBox()) ?? {};
    expect(width).toBeLessThanOrEqual(375);
    const colour = () =>
      mail
        .getByText('Hi Lena')
        .evaluate((text) => (globalThis as unknown as Window).getComputedStyle(text).color);
    expect(await colour()).toBe('rgb(31, 41, 55)');
    await preview.getByRole('button', { name: 'In dark mode' }).click();
    await until(colour, (now) => now === 'rgb(229, 231, 235)');

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as version 2.').waitFor();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('To anna@mail.example.').waitFor();
    const { items } = await until(
      () => anna.call<{ items: { subject: string }[] }>('GET', '/sandbox/inbox?recipient=anna@mail.example'),
      (inbox) => inbox.items.length > 0,
    );
    expect(items[0]?.subject).toBe('Welcome on board, Lena');
    await page.getByRole('link', { name: 'See the message' }).waitFor();
  }, 40_000);

  test('what a version changed is shown, and the way back leads to it', async () => {
    const { page } = anna;
    await anna.open(`/en/template?id=${mailId}&tab=versions`);
    await page.getByText('From version 1 to version 2').waitFor();
    await page
      .getByRole('region', { name: /subject/ })
      .getByText('Welcome on board')
      .waitFor();
    await page.getByRole('button', { name: /^Version 1/ }).click();
    await page.getByRole('button', { name: 'Make version 1 current' }).click();
    await page.getByText('Version 1 is current again.').waitFor();
    const { current_version } = await anna.call<{ current_version: number }>('GET', `/templates/${mailId}`);
    expect(current_version).toBe(1);
  });

  test('source that says more than blocks stays source, and what is wrong is told at its field', async () => {
    const { page } = anna;
    const mjml = '<mj-text color="#aa0000"><p>Hi {{ fristName }}</p></mj-text>';
    const content = { default_locale: 'en', locales: { en: { subject: 'Red', mjml } } };
    const written = { key: 'red', channel: 'email', content };
    const { id } = await anna.call<{ id: string }>('POST', '/templates', written);
    await anna.open(`/en/template?id=${id}`);
    await page.getByText('This source says more than blocks can').waitFor();
    await page.getByText('{{fristName}} is not filled by Halyard').waitFor();
    await page.getByLabel('MJML', { exact: true }).fill('<mj-nothing />');
    await page.getByText('What is written cannot be shown yet').waitFor();
    await page.getByText(/^Line 1: <mj-nothing>/).waitFor();
    await page.getByLabel('MJML', { exact: true }).fill('<mj-text><p>Hi</p></mj-text>');
    await page.getByRole('button', { name: 'Blocks' }).click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Hi');
  });

  test('an SMS says how it is billed while it is written', async () => {
    const { page } = anna;
    await anna.open('/en/templates?new=sms');
    await page.getByLabel('Name', { exact: true }).fill('Short');
    await page.getByRole('button', { name: 'Create and write' }).click();
    const text = page.getByLabel('Text', { exact: true });
    await text.fill('a'.repeat(160));
    await page.getByText('160 characters · GSM-7').waitFor();
    await page.getByText('1 segment', { exact: true }).waitFor();
    await text.fill('a'.repeat(161));
    await page.getByText('2 segments', { exact: true }).waitFor();
    await text.fill(`${'a'.repeat(160)}“`);
    await page.getByText('161 characters · UCS-2').waitFor();
    await page.getByText('3 segments', { exact: true }).waitFor();
    expect(anna.complaints.filter((one) => !/status of 422/.test(one))).toEqual([]);
  });

  test('a link away from something unsaved asks first', async () => {
    const { page } = anna;
    const text = page.getByLabel('Text', { exact: true });
    await text.fill('Half a thought');
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    expect(await text.inputValue()).toBe('Half a thought');
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
  });

  test('who may only look is offered nothing that would be refused', async () => {
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open(`/en/template?id=${mailId}`);
    await vera.page.frameLocator('iframe').getByText('Hi Ada').waitFor();
    expect(await vera.page.getByRole('button', { name: /Save|Archive|Send test|Rename/ }).count()).toBe(0);
    expect(await vera.page.getByLabel('Subject', { exact: true }).isDisabled()).toBe(true);
  });
});

interface Window {
  getComputedStyle(element: unknown): { color: string };
}
