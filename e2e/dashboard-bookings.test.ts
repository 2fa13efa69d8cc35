import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';

const day = 86_400_000;
/** A day that is so far ahead, as `YYYY-MM-DD`. */
const ahead = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

interface Plan {
  items: { step: { id: string }; planned_at: string; status: string }[];
}

describe.skipIf(skipWithoutChromium)('bookings in the dashboard', () => {
  let harbour: Harbour;
  let anna: Visitor;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
    await anna.addSandbox();
    await anna.call('POST', '/recipes/sailing-school/install', { locale: 'en' });
  }, 180_000);
  afterAll(() => harbour?.close());

  const plan = () => {
    const id = new URL(anna.page.url()).searchParams.get('id');
    return anna.call<Plan>('GET', `/bookings/${id}/plan`);
  };
  const plannedFor = async (step: string) =>
    (await plan()).items.find((item) => item.step.id === step)?.planned_at.slice(0, 10);

  test('who is booked in has a plan around the booking, told and drawn', async () => {
    const { page } = anna;
    await anna.open('/en/bookings');
    await page.getByText('No bookings yet').waitFor();
    await page.getByRole('link', { name: 'Create the first booking' }).click();
    await page.getByRole('button', { name: 'Create booking' }).click();
    await page.getByText('Choose a contact.').waitFor();
    await page.getByRole('button', { name: 'Somebody new' }).click();
    await page.getByLabel('First name').fill('Lena');
    await page.getByLabel('Email').fill('lena@mail.example');
    await page.getByLabel('Start').fill(`${ahead(30)}T10:00`);
    await page.getByLabel('End').fill(`${ahead(32)}T16:00`);
    await page.getByRole('button', { name: 'Create booking' }).click();

    await page.getByRole('heading', { name: 'Lena', level: 1 }).waitFor();
    const reminder = page.getByRole('listitem').filter({ hasText: '7 days before the start' });
    await reminder.getByText('Planned').waitFor();
    await page.getByRole('listitem').filter({ hasText: '2 hours before the start' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: '11 months after the end' }).waitFor();
    expect(await plannedFor('reminder-7-days')).toBe(ahead(23));
  });

  test('a booking that is moved takes its plan along, and says so before and after', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Reschedule' }).click();
    await page.getByLabel('Start').fill(`${ahead(37)}T10:00`);
    await page.getByText('7 planned messages move with it').waitFor();
    await page.getByRole('button', { name: 'Move booking' }).click();
    await page.getByText('7 messages moved with it.').waitFor();
    await page.getByText('moved with the booking').first().waitFor();
    expect(await plannedFor('reminder-7-days')).toBe(ahead(30));

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('7 messages moved with it.').waitFor();
    expect(await plannedFor('reminder-7-days')).toBe(ahead(23));
  });

  test('what else is booked is changed, and changed back', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Add attribute' }).click();
    await page.getByLabel('Name', { exact: true }).fill('boat');
    await page.getByLabel('Value').fill('Albatros');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Albatros').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Albatros').waitFor({ state: 'detached' });
  });

  test('the booking stands in the list and on its days in the calendar', async () => {
    const { page } = anna;
    await anna.open('/en/bookings');
    await page.getByRole('row', { name: /Lena/ }).waitFor();
    await page.getByRole('button', { name: 'Calendar' }).click();
    await page.getByRole('heading', { level: 2 }).waitFor();
    await anna.open(`/en/bookings?view=calendar&month=${ahead(30).slice(0, 7)}`);
    await page.getByRole('link', { name: /Lena/ }).first().waitFor();
    await page.getByRole('button', { name: 'Week' }).click();
    await page.waitForURL(/week=/);
    await anna.open(`/en/bookings?view=calendar&week=${ahead(30)}`);
    await page.getByRole('link', { name: /Lena/ }).first().click();
    await page.getByRole('heading', { name: 'Lena', level: 1 }).waitFor();
  });

  test('a booking that is cancelled says what will not be sent, and nothing is', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByText(/\d planned messages will not be sent/).waitFor();
    await page.getByLabel('Reason').fill('no wind');
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText(/Booking cancelled\. \d messages will not be sent/).waitFor();
    await page.getByText('no wind').waitFor();
    const left = (await plan()).items.filter(({ status }) => status === 'scheduled');
    expect(left).toEqual([]);
    expect(await page.getByRole('button', { name: 'Reschedule' }).count()).toBe(0);
  });

  test('a product gives its dates to a booking, and goes only while nobody has booked it', async () => {
    const { page } = anna;
    await anna.open('/en/products');
    await page.getByRole('link', { name: 'Create the first product' }).click();
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByText('Enter a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('SKS course');
    await page.getByLabel('Start').fill(`${ahead(50)}T10:00`);
    await page.getByLabel('End').fill(`${ahead(54)}T16:00`);
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByRole('heading', { name: 'SKS course' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).waitFor();

    await page.getByRole('link', { name: 'New booking' }).click();
    await page.getByLabel('Contact').fill('len');
    await page.getByRole('option', { name: /Lena/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Create booking' }).click();
    await page.getByRole('link', { name: 'SKS course' }).click();
    await page.getByText('It is booked, so it cannot be deleted.').waitFor();
    expect(anna.complaints).toEqual([]);
  });

  test('a viewer sees it all and no button, and what is not there is said to be so', async () => {
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open('/en/bookings?when=all');
    await vera.page.getByRole('link', { name: 'Lena' }).first().click();
    await vera.page.getByRole('heading', { name: 'The plan' }).waitFor();
    for (const name of ['Check in', 'Reschedule', 'Cancel booking'])
      expect(await vera.page.getByRole('button', { name }).count()).toBe(0);
    await vera.open('/en/booking?id=00000000-0000-7000-8000-000000000000');
    await vera.page.getByRole('heading', { name: 'There is no such booking' }).waitFor();
  });
});
