import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Words } from '../../e2e/dashboard-words.ts';
import type { Season } from './season.ts';

/** One picture: of which page, how to get there, and what is pressed before it is taken. */
export interface Picture {
  /** The folder in apps/dashboard/src/app; null for pages that the server makes itself. */
  page: string | null;
  name: string;
  /** Below the language; from the root when it is a page of the server. */
  address: (season: Season | null) => string | undefined;
  /** Before anybody has signed in. */
  outside?: true;
  /** Also in dark, and on a phone. */
  everyLook?: true;
  act?: (page: Page, words: Words) => Promise<void>;
}

const at = (page: string, name = page.replaceAll('/', '-')): Picture => ({ page, name, address: () => page });
const of = (page: string, key: keyof Season, extra = ''): Picture => ({
  ...at(page),
  address: (season) => `${page}?id=${season?.[key]}${extra}`,
});
const outside = (page: string, query = ''): Picture => ({
  ...at(page),
  address: () => page + query,
  outside: true,
});

const press =
  (key: string): NonNullable<Picture['act']> =>
  (page, words) =>
    page
      .getByRole('button', { name: words.of(key), exact: true })
      .first()
      .click();

/** Taken while the school has nothing but a sandbox: what is in its season is not needed. */
export const emptyPictures: readonly Picture[] = [
  {
    ...at('recipes'),
    act: async (page, words) => {
      await page
        .getByRole('button', { name: new RegExp(`^${words.of('recipes.install')}`) })
        .first()
        .click();
      await page.getByRole('button', { name: words.of('recipes.installNow') }).waitFor();
    },
  },
];

export const pictures: readonly Picture[] = [
  outside('sign-in'),
  outside('register'),
  outside('two-factor'),
  outside('forgot-password'),
  outside('reset-password', '?token=t'),
  { ...outside('invitation'), address: (season) => `invitation?token=${season?.invitation}` },
  outside('verify-email', '?token=t'),
  outside('not-found'),
  { ...at('', 'overview'), everyLook: true },
  at('messages'),
  of('message', 'message'),
  at('contacts'),
  of('contact', 'contact'),
  at('imports'),
  of('import', 'import'),
  { ...of('import', 'check'), name: 'import-check' },
  at('bookings'),
  { ...at('bookings', 'bookings-new'), address: () => 'bookings?new=1' },
  { ...at('bookings', 'bookings-calendar'), address: () => 'bookings?view=calendar' },
  { ...of('booking', 'booking'), everyLook: true },
  { ...of('booking', 'upcoming'), name: 'booking-cancel', act: press('booking.acts.cancel') },
  at('products'),
  { ...of('products', 'product'), name: 'product' },
  at('flows'),
  {
    ...of('flow', 'flow'),
    act: (page) => page.getByRole('button', { name: /7 / }).first().click(),
  },
  { ...of('flow', 'flow', '&tab=canvas'), name: 'flow-canvas', everyLook: true },
  { ...of('flow', 'flow', '&tab=simulate'), name: 'flow-simulate', act: simulate },
  { ...of('flow', 'flow'), name: 'flow-publish', act: press('flow.publish.open') },
  { ...of('flow', 'flow', '&tab=versions'), name: 'flow-versions' },
  at('templates'),
  of('template', 'template'),
  at('campaigns'),
  of('campaign', 'campaign'),
  { ...at('campaign', 'campaign-new') },
  { ...of('inbox', 'inbox'), everyLook: true },
  at('review'),
  { ...of('alerts', 'alert'), everyLook: true },
  { ...at('alerts', 'alerts-rules'), address: () => 'alerts?part=rules' },
  at('settings'),
  at('settings/connections'),
  at('settings/domains'),
  at('settings/sending'),
  at('settings/topics'),
  at('settings/suppressions'),
  at('settings/members'),
  at('settings/api-keys'),
  of('settings/webhooks', 'endpoint'),
  at('settings/inbound-hooks'),
  at('settings/sources'),
  at('settings/audit'),
  at('settings/profile'),
  { page: null, name: 'preferences', address: (season) => season?.preferences },
  { page: null, name: 'confirmation', address: (season) => season?.confirmation },
  { page: null, name: 'api-reference', address: () => '/docs' },
];

async function simulate(page: Page, words: Words): Promise<void> {
  await page.getByLabel(words.of('simulate.product')).fill('skipper-week');
  await page
    .locator('form')
    .getByRole('button', { name: words.of('simulate.run'), exact: true })
    .click();
  await page.getByText(words.of('simulate.comparison')).first().waitFor();
  await page.evaluate('scrollTo(0, 0)');
}

const folder = join(import.meta.dirname, '../../apps/dashboard/src/app/[locale]');

/** Fails when a page of the dashboard has no picture, or a picture no page. */
export function assertComplete(): void {
  const pages = globSync('**/page.tsx', { cwd: folder }).map((file) =>
    dirname(file)
      .replace(/^\(signed-in\)\/?/, '')
      .replace(/^\.$/, ''),
  );
  const shown = [...emptyPictures, ...pictures].flatMap(({ page }) => (page === null ? [] : page));
  const missing = pages.filter((page) => !shown.includes(page));
  const gone = shown.filter((page) => !pages.includes(page));
  if (missing.length + gone.length)
    throw new Error(
      `scripts/screenshots/pages.ts: no picture of [${missing.join(', ')}], no page for [${gone.join(', ')}].`,
    );
}
