import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';

const locales = {
  en: { subject: 'The season begins', mjml: '<mj-text>The boats are in the water.</mj-text>' },
};

describe.skipIf(skipWithoutChromium)('campaigns and many messages at once', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
    await anna.addSandbox();
    const content = { default_locale: 'en', locales };
    await anna.call('POST', '/templates', { key: 'season', name: 'Season', channel: 'email', content });
    for (const [first_name, country] of [
      ['Lena', 'DE'],
      ['Ben', 'DE'],
      ['Clara', 'AT'],
    ])
      await anna.call('POST', '/contacts', { first_name, country, email: `${first_name}@mail.example` });
  }, 180_000);
  afterAll(() => harbour?.close());

  test('a campaign to two of three is written, started, completes and lists both', async () => {
    const { page } = anna;
    await anna.open('/en/campaigns');
    await page.getByText('No campaigns yet').waitFor();
    await page.getByRole('link', { name: 'New campaign' }).click();
    await page.getByRole('status').filter({ hasText: '3 contacts' }).waitFor();
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByText('Choose a template for each channel.').waitFor();

    await page.getByLabel('Name', { exact: true }).fill('Season opening');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByLabel('Fact', { exact: true }).selectOption('Country');
    await page.getByLabel('Comparison').selectOption('is');
    await page.getByLabel('Value').fill('DE');
    await page.getByRole('status').filter({ hasText: '2 contacts' }).waitFor();
    await page.getByLabel('Template').selectOption('Season');
    await page.getByRole('button', { name: 'Create draft' }).click();

    await page.getByRole('heading', { name: 'Season opening' }).waitFor();
    await page.getByText('Country is “DE”').waitFor();
    await page.getByRole('button', { name: 'Start now' }).click();
    await page.getByRole('button', { name: 'Send to 2 contacts' }).click();
    await page.getByText('The campaign has started.').waitFor();
    await page.getByText('2 of 2 done').waitFor();
    const recipients = page.getByRole('table', { name: 'Recipients' });
    for (const name of ['Lena', 'Ben'])
      await recipients.getByRole('row', { name: new RegExp(`${name} Sent`) }).waitFor();
    expect(await recipients.getByText('Clara').count()).toBe(0);
    await recipients.getByRole('link', { name: 'Lena' }).click();
    await page.getByText('Campaign “Season opening”, occurrence 1, made it.').waitFor();
    await anna.open('/en/campaigns');
    await page.getByRole('row', { name: /Season opening Completed .*2 of 2/ }).waitFor();
    expect(anna.complaints).toEqual([]);
  }, 40_000);

  test('a draft is scheduled on the clock of the organization, held, let go and called off', async () => {
    const { page } = anna;
    const draft = { name: 'Autumn', audience: { all: [] }, channels: ['email'], template: 'season' };
    const { id } = await anna.call<{ id: string }>('POST', '/campaigns', draft);
    await anna.open(`/en/campaign?id=${id}`);
    await page.getByLabel('Date and time').fill('2020-01-01T09:00');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('Choose a time that is still to come.').waitFor();
    await page.getByLabel('Date and time').fill('2031-05-01T09:00');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('starts 1 May 2031, 09:00').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The campaign goes on.').waitFor();
    await page.getByRole('button', { name: 'Cancel campaign' }).click();
    await page.getByRole('button', { name: 'Cancel it for good' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  }, 40_000);

  test('several messages are chosen, called off at once and sent again', async () => {
    const { page } = anna;
    const order = { content: { subject: 'Soon', body: 'Ahoy' }, channels: ['email'], class: 'transactional' };
    for (const email of ['lena@mail.example', 'ben@mail.example'])
      await anna.call('POST', '/messages/send', {
        ...order,
        contact: { email },
        send_at: '2031-05-01T09:00:00Z',
      });
    await anna.open('/en/messages?status=scheduled');
    await page.getByLabel('Choose all that something can be done with').check();
    await page.getByText('2 messages chosen').waitFor();
    await page.getByRole('button', { name: 'Cancel 2' }).click();
    await page.getByRole('button', { name: 'Cancel 2 messages' }).click();
    await page.getByText('2 cancelled.').waitFor();
    await anna.open('/en/messages?status=cancelled');
    await page.getByRole('button', { name: /^Recipient/ }).click();
    await page.getByLabel('Find by name or address').fill('Lena');
    await page.getByRole('button', { name: 'Lena', exact: true }).click();
    await page.getByRole('button', { name: 'Recipient: Lena' }).waitFor();
    await page.getByLabel('Choose this message').check();
    await page.getByText('One message chosen').waitFor();
    await page.getByRole('button', { name: 'Send 1 again' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('1 on their way again.').waitFor();
    expect(anna.complaints).toEqual([]);
  }, 40_000);
});
