import { defaultRules } from '@halyard/core/alerts/default-rules';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { Words } from './dashboard-words.js';
import { until } from './until.js';

describe.skipIf(skipWithoutChromium)('alerts', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour({ HALYARD_ALERT_SECONDS: '1' });
    anna = await Visitor.registered(harbour, 'Anna');
    await anna.addSandbox();
  }, 180_000);
  afterAll(() => harbour?.close());

  test('who is told is said in a form, and a test arrives there', async () => {
    const { page } = anna;
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.getByText('All is well').waitFor();
    await page.getByRole('button', { name: 'Who is told' }).click();
    await page.getByRole('button', { name: 'Add a way' }).click();
    await page.getByLabel('Name').fill('The office');
    await page.getByRole('button', { name: 'Create way' }).click();
    await page.getByText('Say whom to write to').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('The office');
    await page.getByLabel('To', { exact: true }).fill('office@school.example');
    await page.getByRole('button', { name: 'Create way' }).click();
    await page.getByText('Email to office@school.example').waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('A test is on its way.').waitFor();
    await arrived(1);
  });

  test('a rule is written by hand; what is wrong with it is said at its field', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Rules' }).click();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByLabel('Name').fill('The shop is broken');
    await page.getByLabel('What is watched').selectOption('Errors of services and jobs');
    await page.getByLabel('Limit (number)').fill('');
    await page.getByLabel('Of the service').fill('shop');
    await page.getByLabel('How bad it is').selectOption('Critical');
    await page.getByLabel('Over after').selectOption('at once');
    await page.getByRole('button', { name: 'Create rule' }).click();
    await page.getByText('Enter a number that fits.').waitFor();
    await page.getByLabel('Limit (number)').fill('2');
    await page.getByRole('button', { name: 'Create rule' }).click();
    await page.getByText('Errors of services and jobs (shop): 2 or more, within one hour').waitFor();
  });

  test('an error of another service fires it, somebody is told, takes care, and calls it over', async () => {
    const { page } = anna;
    const report = { service: 'shop', message: 'No stock of SKS', details: { sku: 'SKS' } };
    await anna.call('POST', '/alerts/errors', report);
    await anna.call('POST', '/alerts/errors', report);
    await page.getByRole('button', { name: /^Alerts/ }).click();
    await page.getByRole('heading', { name: 'The shop is broken' }).waitFor();
    await arrived(2);
    await page.getByText('People were told').waitFor();
    await page.getByLabel('Note (optional)').fill('Ordered more');
    await page.getByRole('button', { name: 'I take care' }).click();
    await page.getByText('Nobody is reminded of it any more.').waitFor();
    await page.getByText('Ordered more').waitFor();
    await page.getByRole('button', { name: /^Failures/ }).click();
    await page.getByText('No stock of SKS').waitFor();
    await page.getByText('2 times').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Nothing has failed').waitFor();
    await page.getByRole('button', { name: /^Alerts/ }).click();
    await page.getByRole('button', { name: 'Call it over' }).click();
    await page.getByRole('button', { name: 'It is over' }).click();
    await page.getByText('The alert is closed.').waitFor();
    await page.getByText('by Anna').first().waitFor();
    expect(anna.complaints).toEqual([]);
  });

  test('a viewer reads it all and is offered nothing', async () => {
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open('/en/alerts?status=resolved');
    await vera.page.getByRole('heading', { name: 'The shop is broken' }).waitFor();
    await vera.open('/en/alerts?part=rules');
    await vera.page.getByRole('heading', { name: 'The shop is broken' }).waitFor();
    expect(await vera.page.getByRole('button', { name: /Add|Change|Install|Close|care/ }).count()).toBe(0);
  });

  test('offered rules and alerts are told in the language of the reader', async () => {
    const { page } = anna;
    await anna.call('POST', '/alert-rules/defaults', {});
    await anna.open('/de/alerts?part=rules');
    await page.getByRole('heading', { name: 'Nachrichten schlagen fehl' }).waitFor();
    await page.getByRole('button', { name: /Ändern.*Keine neuen Kontakte/ }).click();
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Gespeichert', { exact: true }).waitFor();
    const { items } = await anna.call<{ items: { name: string }[] }>('GET', '/alert-rules?limit=100');
    expect(items.map(({ name }) => name)).toContain('No new contacts');
    await anna.open('/de/alerts?status=resolved');
    const sentence = 'Fehler von Diensten und Aufträgen (shop). Grenze: 2 oder mehr.';
    await page.getByText(sentence).first().waitFor();
  });

  const arrived = (count: number) =>
    until(
      () => anna.call<{ items: unknown[] }>('GET', '/sandbox/inbox?recipient=office@school.example'),
      ({ items }) => items.length === count,
    );
});

test('every offered rule has a name in the words of the dashboard', () => {
  const [en, de] = [new Words('en'), new Words('de')];
  for (const [key, { name }] of Object.entries(defaultRules)) {
    expect(en.of(`alerts.rule.names.${key}`)).toBe(name);
    expect(de.of(`alerts.rule.names.${key}`)).not.toBe('');
  }
});
