import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import type { Vendor } from '../e2e/vendor.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account, proof } from './accounts.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { callHook, halyard, withParameters } from './stage.ts';

/** What other services tell comes through n8n into Halyard, and Halyard's answer back to them. */

let tenant: string;
let crm: Vendor;
const logins: object[] = [];
const workflows = new Brought();
beforeAll(async () => {
  crm = await startVendor(() => ({ status: 200, body: { items: logins } }));
  tenant = (await halyard('GET', '/organization')).body.id;
  for (const key of ['outreach/receive-items', 'leads/crm-webhook', 'alerts/receive-errors'])
    await workflows.bring(key);
});
afterAll(() => Promise.all([workflows.switchOff(), crm?.close()]));

const item = (more: object = {}) => ({
  id: randomUUID(),
  tenant_id: tenant,
  user_id: randomUUID(),
  channel: 'email',
  subject: 'Your article is ready',
  body: 'Ahoy Ada, have a look at it.',
  target: { email: `${randomUUID()}@example.com`, name: 'Ada Lovelace' },
  schedule_at: null,
  sequence_id: null,
  step: 1,
  ...more,
});
const eventsOf = async (type: string, email: string) => {
  const { body } = await halyard('GET', `/contacts?email=${encodeURIComponent(email)}`);
  const [contact] = body.items;
  return contact ? (await halyard('GET', `/events?type=${type}&contact_id=${contact.id}`)).body.items : [];
};

test('an item goes in by the hook, its mail arrives, and its state can be read', async () => {
  const pushed = item();
  const taken = await callHook('halyard/outreach/items', pushed, proof);
  expect(taken).toMatchObject({ status: 202, body: { id: pushed.id } });
  const mails = async () =>
    (await halyard('GET', `/sandbox/inbox?recipient=${pushed.target.email}`)).body.items.filter(
      ({ subject }: { subject: string }) => subject === pushed.subject,
    );
  await until(mails, (found) => found.length > 0);
  await until(
    () => halyard('GET', `/outreach/items/${pushed.id}`),
    ({ body }) => ['sent', 'delivered'].includes(body.status),
  );
  const again = await callHook('halyard/outreach/items', pushed, proof);
  expect(again).toMatchObject({ status: 202, body: taken.body });
  expect(await mails()).toHaveLength(1);
});

test('what Halyard refuses is refused to the caller, with its reason', async () => {
  const strange = await callHook('halyard/outreach/items', item({ tenant_id: randomUUID() }), proof);
  expect(strange).toMatchObject({ status: 422, body: { detail: expect.stringContaining('tenant') } });
});

test('a caller without the header is not let in', async () => {
  expect(await callHook('halyard/outreach/items', item())).toMatchObject({ status: 403 });
});

const login = (id: string, email: string, more: object = {}) => ({
  id,
  at: new Date().toISOString(),
  product_id: 'sks',
  organization_id: 'acme',
  user: { id: `u-${email}`, email, first_name: 'Grace', last_name: 'Hopper' },
  ...more,
});

test('a login that the CRM tells of becomes a contact with an event, once', async () => {
  const email = `${randomUUID()}@example.com`;
  const told = login(randomUUID(), email);
  for (const duplicate of [false, true])
    expect(await callHook('halyard/leads/logins', told, proof)).toMatchObject({
      status: 202,
      body: { duplicate },
    });
  expect(await eventsOf('user.login', email)).toMatchObject([{ payload: { product_id: 'sks' } }]);
});

test('logins are read from the CRM by schedule, each once, and a broken one waits as a review item', async () => {
  await account('httpHeaderAuth', 'CRM (read only)', { name: 'x-crm-key', value: 'read only' });
  const email = `${randomUUID()}@example.com`;
  const broken = `broken-${randomUUID()}`;
  logins.push(login(randomUUID(), email), login(broken, 'not an address'));
  await workflows.bring('leads/read-crm', (file) =>
    withParameters(
      withParameters(file, 'Settings', settings({ crm_url: crm.url, page_size: 500 })),
      'Every five minutes',
      everyTwoSeconds,
    ),
  );
  await until(
    () => eventsOf('user.login', email),
    (events) => events.length === 1,
    20_000,
  );
  const waiting = await until(
    async () =>
      (await halyard('GET', '/review-items?kind=quarantined_input')).body.items.filter(
        ({ subject }: { subject: { id: string } }) => subject.id === `crm-login-${broken}`,
      ),
    (items) => items.length > 0,
  );
  expect(waiting).toHaveLength(1);
  expect(await eventsOf('user.login', email)).toHaveLength(1);
  expect(crm.calls).toEqual([]); // read, and nothing else
});

test('an error of a service is in the failure log, counted', async () => {
  const service = `checkout-${randomUUID().slice(0, 8)}`;
  const error = { service, message: 'The payment provider timed out', fingerprint: service };
  for (const count of [1, 2])
    expect(await callHook('halyard/alerts/errors', error, proof)).toMatchObject({
      status: 202,
      body: { count },
    });
  const { body } = await halyard('GET', `/failures?service=${service}`);
  expect(body.items).toMatchObject([{ severity: 'error', count: 2 }]);
});
