import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

describe.skipIf(skipWithoutChromium)('sources', () => {
  let harbour: Harbour;
  let other: TestDatabase;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour({ HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true' });
    other = await openTestDatabase();
    await other.owner.query(`
      create table public.mails (id bigint generated always as identity primary key, betreff text, body text, email text,
        state text not null default 'new', error text);
      insert into public.mails (betreff, body, email) values ('Ahoi', 'Come sailing.', 'lena@mail.example')`);
    anna = await Visitor.registered(harbour, 'Anna');
    await anna.addSandbox();
  }, 180_000);
  afterAll(async () => {
    await harbour?.close();
    await other?.drop();
  });

  test('a table is looked at, its columns are given their meaning, and the first row is tried', async () => {
    const { page } = anna;
    await anna.open('/en/settings/sources');
    await page.getByText('No source yet').waitFor();
    await page.getByRole('button', { name: 'Add source' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Text generator');
    await page.getByLabel('Address of the database').fill(other.url);
    await page.getByLabel('Encryption').selectOption('Not encrypted');
    await page.getByLabel('Table', { exact: true }).fill('nothing');
    await page.getByRole('button', { name: 'Look at the table' }).click();
    await page.getByText('does not exist').waitFor();
    expect(await page.getByLabel('Address of the database').inputValue()).toBe(other.url);
    await page.getByLabel('Table', { exact: true }).fill('mails');
    await page.getByRole('button', { name: 'Look at the table' }).click();
    expect(await page.getByLabel('Meaning of betreff').inputValue()).toBe('columns.subject');
    await page.getByText('Seen in the table: new.').waitFor();
    await page.getByLabel('Status of rows that wait').fill('new');
    await page.getByLabel('Meaning of body').selectOption('Not used');
    await page.getByText('Still missing: Text').waitFor();
    await page.getByLabel('Meaning of body').selectOption('Text');
    await page.getByRole('button', { name: 'Try the first row' }).click();
    await page.getByText('Email to lena@mail.example').waitFor();
  });

  test('what is saved is read, its fate written back, and its address shown to nobody', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Text generator is saved.').waitFor();
    const states = () => other.owner.query('select state from public.mails').then(({ rows }) => rows);
    await until(states, ([row]) => row?.state !== 'new');
    await page.reload();
    await page.getByText('One row taken in the last 7 days').waitFor();
    expect(await page.content()).not.toContain(new URL(other.url).password);
    await page.getByRole('button', { name: 'Edit Text generator' }).click();
    await page.getByText('lena@mail.example').waitFor();
    expect(await page.getByLabel('Address of the database').inputValue()).toBe('');
    await page.getByLabel('Name', { exact: true }).fill('Generator');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Generator is saved.').waitFor();
  });

  test('a viewer reads how it stands and is offered nothing; it is paused and removed', async () => {
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open('/de/settings/sources');
    await vera.page.getByText('Wird gelesen').waitFor();
    const acts = /Bearbeiten|Jetzt|Pausieren|Entfernen|anlegen/;
    expect(await vera.page.getByRole('button', { name: acts }).count()).toBe(0);
    const { page } = anna;
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('No source yet').waitFor();
    expect([...anna.complaints, ...vera.complaints]).toEqual([]);
  });
});
