import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

interface Flow {
  id: string;
  key: string;
  name: string;
  has_draft: boolean;
  live: { version: number; weight: number }[];
}

describe.skipIf(skipWithoutChromium)('flows in the dashboard', () => {
  let harbour: Harbour;
  let anna: Visitor;
  let address: string;
  const read = async (key: string): Promise<Flow | undefined> =>
    (await anna.call<{ items: Flow[] }>('GET', `/flows?key=${key}`)).items[0];
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
    anna.page.setDefaultTimeout(20_000);
  }, 180_000);
  afterAll(() => harbour?.close());

  test('a recipe is installed from the gallery, and says where to go next', async () => {
    const { page } = anna;
    await anna.open('/en/flows');
    await page.getByRole('link', { name: 'Choose a recipe' }).click();
    await page.getByRole('button', { name: /^Install\s?: Sailing school/ }).click();
    await page.getByText('It creates 8 flows').waitFor();
    await page.getByRole('button', { name: 'Install now' }).click();
    await page.getByRole('heading', { name: /Sailing school.* is installed/ }).waitFor();
    await page.getByRole('link', { name: 'To the connections' }).waitFor();
    await page.getByRole('link', { name: 'Sailing school: before', exact: true }).click();
    await page.getByText('7 days before the start of the booking, at 09:00').waitFor();
    address = new URL(page.url()).pathname + new URL(page.url()).search;
  });

  test('an offset is changed, checked and published, and runs under way are told to stay', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: /^7 days before/ }).click();
    await page.getByRole('spinbutton', { name: 'How long' }).fill('5');
    await page.getByText('5 days before the start of the booking, at 09:00').waitFor();
    await page.getByText('All changes saved').waitFor();
    await page.getByRole('button', { name: 'Check and publish' }).click();
    await page.getByText('It can be published.').waitFor();
    await page.getByText('7 days before', { exact: true }).and(page.locator('del')).waitFor();
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    await page.getByText('Version 2 is published.').waitFor();
    await page.getByText('Version 2', { exact: true }).waitFor();
    expect((await read('sailing-school-before'))?.live).toEqual([{ version: 2, weight: 100 }]);
  });

  test('what was published is rolled back', async () => {
    const { page } = anna;
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('All new contacts get version 1 again.').waitFor();
    await page.getByRole('button', { name: 'Back to version 1' }).click();
    await page.getByText('New contacts get version 1 again.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Steps' }).click();
    await page.getByText('7 days before the start of the booking, at 09:00').waitFor();
    expect((await read('sailing-school-before'))?.live).toEqual([{ version: 1, weight: 100 }]);
  });

  test('a step is deleted and comes back; what was edited is there after a reload', async () => {
    const { page } = anna;
    const steps = page.getByRole('region', { name: 'Steps in their order' }).getByRole('listitem');
    await page.getByRole('button', { name: 'More for “3 days before”' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('“3 days before” is deleted.').waitFor();
    await page
      .getByRole('region', { name: 'What just happened' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await until(
      () => steps.count(),
      (count) => count === 3,
    );
    await page.getByRole('button', { name: 'Move “3 days before” up' }).click();
    await until(
      () => steps.first().textContent(),
      (text) => text?.includes('3 days before') ?? false,
    );
    await until(
      () => read('sailing-school-before'),
      (flow) => flow?.has_draft ?? false,
    );
    await page.reload();
    await until(
      () => steps.first().textContent(),
      (text) => text?.includes('3 days before') ?? false,
    );
  });

  test('changes of two people at once are not lost: one is told, and decides', async () => {
    const { page } = anna;
    const flow = await anna.call<{ id: string; draft: object }>('GET', `/flows/${address.split('id=')[1]}`);
    const theirs = { ...flow.draft, name: 'Before, by somebody else' };
    await page.route('**/api/flows/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    );
    await page.getByLabel('Name', { exact: true }).fill('Before, by Anna');
    await page.getByText('the server cannot be reached').waitFor();
    await page.unroute('**/api/flows/*');
    await anna.call('PATCH', `/flows/${flow.id}`, { definition: theirs });
    await page.getByRole('button', { name: 'Save again' }).click();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('All changes saved').waitFor();
    expect((await read('sailing-school-before'))?.name).toBe('Before, by Anna');
  });

  test('a viewer sees the flow and nothing that changes it', async () => {
    const vera = await anna.viewer(harbour, 'Vera');
    await vera.open(address);
    await vera.page.getByText('When somebody books').waitFor();
    for (const name of ['Message', 'Undo', 'Check and publish', 'More for this flow'])
      expect(await vera.page.getByRole('button', { name }).count(), name).toBe(0);
    expect(await vera.page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    await vera.open('/en/flow?id=nothing');
    await vera.page.getByText('There is no such flow').first().waitFor();
    expect([
      ...anna.complaints.filter((said) => !/ERR_FAILED|status of 409/.test(said)),
      ...vera.complaints,
    ]).toEqual([]);
  });
});
