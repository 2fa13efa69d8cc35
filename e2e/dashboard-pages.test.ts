import { readDashboard } from '@halyard/api/dashboard/dashboard-files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardFolder } from '../scripts/build-dashboard.ts';
import { skipWithoutChromium } from './chromium.js';
import type { Harbour } from './dashboard-visitor.js';
import { openHarbour, Visitor } from './dashboard-visitor.js';
import { until } from './until.js';

const kilobyte = 1_024;
/** Of boxes to tick and to choose it is the label that is touched. */
const touched =
  'button:visible, select:visible, input:visible:not([type=radio], [type=checkbox]), label:has([type=radio], [type=checkbox]):visible';
const outside = [
  'sign-in',
  'register',
  'two-factor',
  'forgot-password',
  'reset-password?token=t',
  'verify-email?token=t',
  'invitation?token=t',
  'nowhere',
];

describe.skipIf(skipWithoutChromium)('every page of the dashboard', () => {
  let harbour: Harbour;
  let session: Awaited<ReturnType<Visitor['page']['context']>>;
  let inside: string[];
  beforeAll(async () => {
    harbour = await openHarbour();
    const anna = await Visitor.arrive(harbour);
    session = anna.page.context();
    await anna.open('/en/register');
    await anna.register('Anna', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenverleih');
    await anna.addSandbox();
    const order = {
      contact: { email: 'lena@mail.example', first_name: 'Lena' },
      create_contact: true,
      content: { subject: 'Ahoi', body: 'Bis bald an Bord' },
      channels: ['email'],
      class: 'transactional',
    };
    await anna.call('POST', '/messages/send', { ...order, send_at: '2031-05-01T09:00:00Z' });
    const { id } = await anna.call<{ id: string }>('POST', '/messages/send', order);
    inside = ['', 'messages', 'messages?status=bounced', `message?id=${id}`, 'message?id=nothing'];
    await anna.call('POST', '/recipes/sailing-school/install', { locale: 'en' });
    const dates = { starts_at: '2031-05-01T09:00:00Z', ends_at: '2031-05-03T15:00:00Z' };
    const product = await anna.call<{ id: string }>('POST', '/products', { name: 'SKS course', ...dates });
    const { contact } = order;
    const booking = await anna.call<{ id: string }>('POST', '/bookings', { contact, product_id: product.id });
    inside.push('bookings', 'bookings?new=1', 'bookings?view=calendar&month=2031-05');
    inside.push(`booking?id=${booking.id}`, 'booking?id=nothing');
    inside.push('products', 'products?new=1', `products?id=${product.id}`);
    inside.push(...(await templatePages(anna)));
    inside.push(...(await flowPages(anna)));
    inside.push(...(await settingsPages(anna)));
    await anna.open(`/en/message?id=${id}`);
    await anna.page.getByText('It was delivered.').waitFor();
    inside.push(...(await contactPages(anna)));
    inside.push(...(await inboxPages(anna)), ...(await campaignPages(anna)), ...(await alertPages(anna)));
  }, 180_000);
  afterAll(() => harbour?.close());

  // Both themes and both languages on every page, in half the time of every pair.
  const views = [
    { colorScheme: 'light', language: 'en' },
    { colorScheme: 'dark', language: 'de' },
  ] as const;
  test.each(views)(
    'has no barrier that axe can find ($language, $colorScheme)',
    async ({ colorScheme, language }) => {
      const found: string[] = [];
      for (const [paths, storageState] of [
        [outside, undefined],
        [inside, await session.storageState()],
      ] as const) {
        const visitor = await Visitor.arrive(harbour, { colorScheme, ...(storageState && { storageState }) });
        for (const path of paths) {
          await visitor.open(`/${language}/${path}`);
          await settled(visitor);
          found.push(...(await visitor.barriers()).map((barrier) => `${path}: ${barrier}`));
        }
        found.push(...visitor.complaints);
        await visitor.page.context().close();
      }
      expect(found).toEqual([]);
    },
    240_000,
  );

  test('tells a stranger that there is no such thing', async () => {
    const eve = await Visitor.registered(harbour, 'Eve');
    const named = inside.filter((path) => /[?&]id=[0-9a-f]{8}-/.test(path));
    expect(new Set(named.map((path) => path.split('?')[0])).size).toBeGreaterThan(8);
    for (const path of named) {
      await eve.open(`/en/${path}`);
      await eve.page
        .getByText(/There is no such/)
        .first()
        .waitFor()
        .catch(() => expect.fail(`${path} is shown to Eve.`));
    }
  }, 120_000);

  test('fits a phone, with all that is touched large enough', async () => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true };
    const found: string[] = [];
    const visitor = await Visitor.arrive(harbour, { ...phone, storageState: await session.storageState() });
    for (const path of [...inside, 'sign-in', 'register']) {
      await visitor.open(`/de/${path}`);
      await settled(visitor);
      const width = await visitor.page.evaluate('document.documentElement.scrollWidth');
      if (width !== 360) found.push(`${path} is ${width} wide`);
      // All at once: the browser is asked once, not once for each.
      const sizes = await visitor.page
        .locator(touched)
        .evaluateAll((all) =>
          all.map((one) => ({ text: one.textContent, height: one.getBoundingClientRect().height })),
        );
      for (const { text, height } of sizes) if (height < 44) found.push(`${path}: ${text} is ${height} high`);
    }
    await visitor.open('/de');
    await visitor.page.getByRole('button', { name: 'Navigation öffnen' }).click();
    await visitor.page.getByRole('link', { name: 'Nachrichten' }).click();
    await visitor.page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
    expect(found).toEqual([]);
  }, 240_000);
});

/** What another service reports, what is watched, and who is told. */
async function alertPages(anna: Visitor): Promise<string[]> {
  await anna.call('POST', '/alerts/errors', {
    service: 'shop',
    message: 'No stock',
    details: { sku: 'SKS' },
  });
  const { items } = await anna.call<{ items: { id: string }[] }>('POST', '/alert-rules/defaults', {});
  const target = { type: 'message', channel: 'email', to: 'ops@school.example' };
  const route = { name: 'Team', target, severities: ['error', 'critical'] };
  const { id } = await anna.call<{ id: string }>('POST', '/alert-routes', route);
  const rules = ['alerts?part=rules', 'alerts?part=rules&edit=new', `alerts?part=rules&edit=${items[0]?.id}`];
  return ['alerts', 'alerts?part=failures', ...rules, 'alerts?part=routes', `alerts?part=routes&edit=${id}`];
}

/** What arrived in the sandbox, and an input that was refused. */
async function inboxPages(anna: Visitor): Promise<string[]> {
  const first = async (path: string) =>
    (await anna.call<{ items: { id: string }[] }>('GET', path)).items[0]?.id;
  await anna.call('POST', '/outreach/items/batch', { items: [{ subject: 'Sailing for your team' }] });
  return [
    ...['inbox', `inbox?id=${await first('/sandbox/inbox')}`, 'inbox?id=nothing', 'inbox?recipient=nobody'],
    ...['review', `review?id=${await first('/review-items')}`, 'review?status=resolved', 'review?id=nothing'],
  ];
}

/** One that could go out, and the form of another. */
async function campaignPages(anna: Visitor): Promise<string[]> {
  const season = { name: 'Season', audience: { all: [] }, channels: ['email'], template: 'none' };
  const { id } = await anna.call<{ id: string }>('POST', '/campaigns', season);
  const one = `campaign?id=${id}`;
  return ['campaigns', 'campaigns?status=paused', 'campaign', one, `${one}&edit=1`, 'campaign?id=nothing'];
}

/** An email of every block in two languages, and an SMS; each with the pages that show it. */
async function templatePages(anna: Visitor): Promise<string[]> {
  const single =
    '<mj-text><h1 style="margin:0;font-size:26px;line-height:1.3">Ahoi</h1></mj-text><mj-text><p>Hi {{firstName}}</p></mj-text><mj-image src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Boot" /><mj-button href="https://haff.example">Los</mj-button><mj-divider border-width="1px" border-color="#d1d5db" />';
  const mjml = `<mj-section><mj-column>${single}</mj-column></mj-section><mj-section><mj-column>${single}</mj-column><mj-column>${single}</mj-column></mj-section>`;
  const mail = { subject: 'Ahoi', mjml };
  const write = (channel: string, variant: object) =>
    anna.call<{ id: string }>('POST', '/templates', {
      key: 'ahoi',
      channel,
      content: { default_locale: 'de', locales: { de: variant, en: variant } },
    });
  const { id } = await write('email', mail);
  await write('email', { ...mail, subject: 'Ahoi an Bord' });
  const sms = await write('sms', { text: 'Ahoi “Ada”' });
  return [
    ...['templates', 'templates?search=nothing', 'templates?new=email', 'template?id=nothing'],
    ...[`template?id=${id}`, `template?id=${id}&tab=versions`, `template?id=${sms.id}&locale=en`],
  ];
}

/** The settings, with something to show in each part. */
async function settingsPages(anna: Visitor): Promise<string[]> {
  const smtp = {
    provider: 'smtp',
    name: 'Mail server',
    settings: { host: 'mail.invalid', from_address: 'hello@school.invalid' },
    secrets: { password: 'secret' },
    priority: 500,
    skip_test: true,
  };
  const { id } = await anna.call<{ id: string }>('POST', '/connections', smtp);
  await anna.call('POST', '/topics', { key: 'news', name: { en: 'News' } });
  await anna.call('POST', '/suppressions', { channel: 'email', address: 'gone@mail.example' });
  await anna.call('POST', '/api-keys', { name: 'Website', scopes: ['contacts:write'] });
  await anna.call('POST', '/invitations', { email: 'vera@mail.example', role: 'viewer' });
  const endpoint = await anna.call<{ id: string }>('POST', '/endpoints', { url: 'https://hooks.invalid/' });
  const hook = await anna.call<{ id: string }>('POST', '/inbound-hooks', { name: 'Shop', kind: 'events' });
  const table = {
    name: 'Text generator',
    url: 'postgres://halyard:secret@db.invalid/content',
    table: 'outreach',
    columns: { id: 'id', body: 'body', email: 'email', channel: 'channel', user_id: 'user_id' },
    write_back: { status: 'status' },
    active: false,
    skip_test: true,
  };
  const source = await anna.call<{ id: string }>('POST', '/outreach/sources', table);
  const caps = [{ messages: 3, per: 'P7D' }];
  const quiet_hours = { default: { from: '21:00', to: '08:00' }, sms: null };
  await anna.call('PUT', '/organization/policy', { caps, quiet_hours });
  const parts = [
    'connections',
    `connections?id=${id}`,
    'connections?add=choose',
    'connections?add=infobip_sms',
    'inbound-hooks',
    'inbound-hooks?add=yes',
    `inbound-hooks?id=${hook.id}`,
    'sources',
    'sources?add=yes',
    `sources?id=${source.id}`,
  ];
  parts.push('domains', 'sending', 'topics', 'topics?edit=news', 'suppressions', 'suppressions?add=yes');
  parts.push('members', 'members?invite=yes', 'api-keys?add=yes', 'webhooks?add=yes');
  parts.push(`webhooks?id=${endpoint.id}`, 'audit', 'profile?create=yes');
  return ['settings', ...parts.map((part) => `settings/${part}`)];
}

/** Nothing is loading any more, and what the page is about is there. */
async function settled({ page }: Visitor): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await until(
    () => page.locator('.skeleton').count(),
    (loading) => loading === 0,
  );
}

test('no page takes more than 200 kB of script before it can be used, compressed', async () => {
  const files = await readDashboard(dashboardFolder);
  const sizes = [...files].flatMap(([address, { body, type }]) => {
    if (!type.startsWith('text/html')) return [];
    const scripts = body.toString().matchAll(/<script(?![^>]*nomodule)[^>]* src="([^"]+)"/gi);
    const addresses = new Set([...scripts].map(([, src = '']) => src));
    const bytes = [...addresses].reduce(
      (sum, src) => sum + (files.get(src)?.gzipped?.length ?? Number.NaN),
      0,
    );
    return [[address, Math.round(bytes / kilobyte)] as const];
  });
  expect(sizes.length).toBeGreaterThan(18);
  expect(sizes.filter(([, size]) => !(size > 50 && size <= 200))).toEqual([]);
});

/** Contacts and imports, with somebody whose consent and address say something, and a file that was refused in part. */
async function contactPages(anna: Visitor): Promise<string[]> {
  const { items } = await anna.call<{ items: { id: string }[] }>('GET', '/contacts?limit=1');
  const contact = items[0]?.id;
  await anna.call('POST', `/contacts/${contact}/consents`, { state: 'granted', source: 'form' });
  await anna.call('POST', '/suppressions', { channel: 'email', address: 'lena@mail.example' });
  const { id: imported } = await anna.page.evaluate(async (): Promise<{ id: string }> => {
    const file = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'email\nnobody\n' };
    const answer = await fetch('/api/imports?file_name=guests.csv', file);
    return JSON.parse(await answer.text());
  });
  return [
    'contacts',
    'contacts?new=1',
    'contacts?search=nobody',
    `contact?id=${contact}`,
    'contact?id=nothing',
    'imports',
    `import?id=${imported}`,
    'import?id=nothing',
  ];
}

/** Flows as a list and from every side, with a step that is edited. */
async function flowPages(anna: Visitor): Promise<string[]> {
  const { items } = await anna.call<{ items: { id: string }[] }>('GET', '/flows?key=sailing-school-before');
  const flow = `flow?id=${items[0]?.id}`;
  return [
    ...['flows', 'flows?new=yes', 'recipes', 'recipes?installed=sailing-school', 'flow?id=nothing'],
    ...['&step=reminder-1-day', '&step=.begin', '&tab=versions', '&tab=runs&contact=lena@mail.example'].map(
      (side) => flow + side,
    ),
  ];
}
