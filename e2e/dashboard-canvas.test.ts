import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

const definition = {
  name: 'Trial',
  trigger: { type: 'event', event: 'trial.started' },
  steps: [
    { id: 'hello', type: 'message', name: 'Hello', template: 'hello', channels: ['email'] },
    {
      id: 'which',
      type: 'branch',
      name: 'Which plan',
      branches: [{ when: { field: 'contact.attributes.plan', op: 'eq', value: 'pro' }, next: null }],
    },
    { id: 'nudge', type: 'message', name: 'Nudge', template: 'nudge', channels: ['email'] },
  ],
};
type Steps = { id: string; type: string; next?: string | null }[];

describe.skipIf(skipWithoutChromium)('the canvas of a flow', () => {
  let harbour: Harbour;
  let anna: Visitor;
  let id: string;
  beforeAll(async () => {
    harbour = await openHarbour();
    anna = await Visitor.registered(harbour, 'Anna');
    ({ id } = await anna.call<{ id: string }>('POST', '/flows', { definition }));
  }, 180_000);
  afterAll(() => harbour?.close());

  /** Waits until the saved draft has these kinds of steps, in this order. */
  const saved = (types: readonly string[]) =>
    until(
      () => anna.call<{ draft: { steps: Steps } }>('GET', `/flows/${id}`),
      ({ draft }) => draft.steps.map(({ type }) => type).join() === types.join(),
    );

  test('a step is put in by keyboard, taken out and brought back, and the form shows the same', async () => {
    const { page } = anna;
    await anna.open(`/en/flow?id=${id}&tab=canvas`);
    const insert = page.getByRole('button', { name: 'Insert a step between “Which plan” and “Nudge”' });
    const wait = page.getByRole('button', { name: 'Wait', exact: true });
    // On a busy machine the first press can come while the drawing is still being laid out, and is lost.
    await until(async () => {
      if (!(await wait.isVisible())) await insert.press('Enter', { timeout: 3_000 }).catch(() => {});
      return wait.isVisible();
    }, Boolean);
    await wait.press('Enter');
    await saved(['message', 'branch', 'wait', 'message']);
    await page.getByRole('region', { name: 'The selected step' }).waitFor();

    const nudge = page.locator('.react-flow__node[data-id="nudge"]');
    await nudge.focus();
    await nudge.press('Delete');
    await saved(['message', 'branch', 'wait']);
    await page
      .getByRole('region', { name: 'What just happened' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await saved(['message', 'branch', 'wait', 'message']);

    await page.getByRole('button', { name: 'Steps', exact: true }).click();
    await page.getByText('Nudge', { exact: true }).first().waitFor();
    expect(anna.complaints).toEqual([]);
  });

  test('a step of the palette is dropped onto a way, and arrows walk along the ways', async () => {
    const { page } = anna;
    await anna.open(`/en/flow?id=${id}&tab=canvas`);
    const way = page
      .getByRole('button', { name: /^Insert a step between “When/ })
      .or(page.getByRole('button', { name: /^Insert a step between “At the event/ }));
    await page.getByText('Tell another system', { exact: true }).first().dragTo(way);
    await saved(['webhook', 'message', 'branch', 'wait', 'message']);

    await page.locator('.react-flow__node[data-id="hello"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.dataset.id')).toBe('which');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
  });
});
