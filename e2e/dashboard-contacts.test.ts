import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';

const rows = 10_000;
const everyBroken = 100;

describe.skipIf(skipWithoutChromium)('contacts in the dashboard', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
  }, 180_000);
  afterAll(() => harbour?.close());

  test('a contact is made by hand; what was refused is told at its field and kept', async () => {
    const { page } = anna;
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByText('No contacts yet').waitFor();
    await page.getByRole('link', { name: 'Create a contact' }).click();
    await page.getByLabel('First name').fill('Lena');
    await page.getByLabel('Email').fill('lena@mail.example');
    await page.getByLabel('Phone').fill('12');
    await page.getByRole('button', { name: 'Create contact' }).click();
    await page.getByText('This is not a phone number.').waitFor();
    expect(await page.getByLabel('First name').inputValue()).toBe('Lena');
    await page.getByLabel('Phone').fill('');
    await page.getByRole('button', { name: 'Create contact' }).click();
    await page.getByRole('heading', { name: 'Lena', exact: true }).waitFor();
    await page.getByText('Came in as a contact').waitFor();
  });

  test('the profile is edited with a way back, and a consent recorded with its evidence', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Edit profile' }).click();
    await page.getByLabel('Last name').fill('Petersen');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Lena Petersen' }).waitFor();
    await page.getByRole('button', { name: 'Edit attributes' }).click();
    await page.getByRole('button', { name: 'Add attribute' }).click();
    await page.getByLabel('Name', { exact: true }).fill('boat');
    await page.getByLabel('Value', { exact: true }).fill('Kielboot');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Kielboot').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Kielboot').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Record consent' }).click();
    await page.getByLabel('Channel').selectOption('Email');
    await page.getByLabel('How do you know?').fill('Said so at the pier');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('How this came about').click();
    await page.getByText('Said so at the pier').waitFor();
    await page.getByText('By hand: anna@mail.example').first().waitFor();
    await page.getByText('Gave consent').waitFor();
  });

  test('two records of one person are merged, and taken apart again', async () => {
    const { page } = anna;
    await anna.call('POST', '/contacts', { first_name: 'Helena', email: 'helena@mail.example' });
    await page.getByRole('button', { name: 'Merge with another' }).click();
    await page.getByLabel('Find the other contact').fill('hel');
    await page.getByRole('button', { name: /Helena/ }).click();
    await page.getByText('Of consents the newest word counts.').waitFor();
    await page.getByRole('button', { name: 'Merge Helena into Lena Petersen' }).click();
    await page.getByRole('heading', { name: 'Merged into this contact' }).waitFor();
    await page.getByText('helena@mail.example').waitFor();
    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByText('They are two contacts again.').waitFor();
    await page.getByText('helena@mail.example').waitFor({ state: 'detached' });
  });

  test('ten thousand rows are checked, imported, and the bad ones told with their reasons', async () => {
    const { page } = anna;
    await anna.open('/en/imports');
    await page.getByText('No imports yet').waitFor();
    const buffer = Buffer.from(guestList());
    await page.setInputFiles('input[type=file]', { name: 'guests.csv', mimeType: 'text/csv', buffer });
    const meaning = (column: string) => page.getByLabel(`What ${column} means`).inputValue();
    expect(await Promise.all(['Vorname', 'E-Mail', 'Stufe'].map(meaning))).toEqual([
      'first_name',
      'email',
      'attributes.',
    ]);
    await page.getByRole('button', { name: 'Check the file' }).click();
    const good = (rows - rows / everyBroken).toLocaleString('en');
    await page.getByRole('button', { name: `Import ${good} rows` }).click({ timeout: 30_000 });
    await page.waitForURL(/\/en\/import\?id=/);
    await page.getByRole('link', { name: 'See the contacts' }).waitFor({ timeout: 30_000 });
    await page.getByText('new contacts').locator('..').getByText(good).waitFor();
    await page.getByRole('row', { name: /nobody-0 is not an e-mail address/ }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download them' }).click();
    const rejected = await readFile(await (await download).path(), 'utf8');
    expect(rejected.trim().split('\n')).toHaveLength(1 + rows / everyBroken);
  }, 90_000);

  test('contacts are searched and sorted by the server, and the address keeps it', async () => {
    const { page } = anna;
    await page.getByRole('link', { name: 'See the contacts' }).click();
    await page.getByLabel('Search').fill('guest-4711@');
    await page.getByRole('link', { name: 'Guest 4711 Nr4711' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.reload();
    await page.getByRole('link', { name: 'Guest 4711 Nr4711' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('button', { name: 'Added', exact: true }).click();
    await page.getByRole('row', { name: /Lena Petersen/ }).waitFor();
    expect(page.url()).toContain('order=oldest');
    expect(await page.getByRole('row').count()).toBe(51);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('row').nth(100).waitFor();
  });

  test('who only looks sees no button that would be refused, and strangers see nobody', async () => {
    const { items } = await anna.call<{ items: { id: string }[] }>('GET', '/contacts?order=oldest&limit=1');
    const lena = `/en/contact?id=${items[0]?.id}`;
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open(lena);
    await vera.page.getByText('Came in as a contact').waitFor();
    for (const name of [
      'Edit profile',
      'Add address',
      'Record consent',
      'Merge with another',
      'Erase contact',
    ])
      expect(await vera.page.getByRole('button', { name }).count(), name).toBe(0);
    const eve = await Visitor.registered(harbour, 'Eve');
    await eve.open(lena);
    await eve.page.getByText('There is no such contact').first().waitFor();
  });

  test('erasing names what it does, and then nothing is left', async () => {
    const { page } = anna;
    await page.getByRole('link', { name: 'Lena Petersen' }).click();
    await page.getByRole('button', { name: 'Erase contact' }).click();
    await page.getByText('Every personal datum of Lena Petersen is removed').waitFor();
    const gone = page.url();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('Lena Petersen was erased.').waitFor();
    await page.goto(gone);
    await page.getByText('This contact was erased').waitFor();
    expect(anna.complaints).toEqual([]);
  });
});

/** A list as a German spreadsheet writes it, with a row every now and then that cannot be taken. */
function guestList(): string {
  const guest = (n: number) =>
    n % everyBroken === 0 ? `Broken;Row;nobody-${n};1` : `Guest ${n};Nr${n};guest-${n}@mail.example;${n % 5}`;
  return ['Vorname;Nachname;E-Mail;Stufe', ...Array.from({ length: rows }, (_, n) => guest(n))].join('\r\n');
}
