import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account, smtpAccount } from './accounts.ts';
import { Connections, sandbox } from './connections.ts';
import { outreachItem } from './inputs.ts';
import { Mailbox } from './mailbox.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { SlowCrm } from './slow-crm.ts';
import { callHook, halyard, scene, startN8n, stopN8n, withParameters } from './stage.ts';

/** n8n goes away in the middle, or answers late: nothing is lost, nothing is done twice. */

let mailbox: Mailbox;
let crm: SlowCrm;
let ours: pg.Client;
const connections = new Connections();
const workflows = new Brought();

beforeAll(async () => {
  mailbox = await Mailbox.open();
  crm = await SlowCrm.open();
  ours = new pg.Client({ connectionString: scene.halyard.databaseUrl });
  await ours.connect();
  await smtpAccount(mailbox.port);
  await account('httpHeaderAuth', 'CRM (read only)', { name: 'x-crm-key', value: 'read only' });
});
afterAll(async () => {
  await startN8n();
  await workflows.switchOff();
  await connections.remove();
  await Promise.all([mailbox?.close(), crm?.close(), ours?.end()]);
});

async function send(to: string): Promise<string> {
  const content = { subject: 'Ahoy', body: 'The boats are in the water.' };
  const message = { to: { email: to }, channels: ['email'], class: 'transactional', content };
  return (await halyard('POST', '/messages/send', message)).body.id;
}
const statusOf = async (id: string): Promise<string> =>
  (await halyard('GET', `/messages/${id}/status`)).body.status;
const sent = (id: string) =>
  until(
    () => statusOf(id),
    (status) => status === 'sent',
    60_000,
  );

test('what is to be claimed waits while n8n is away, and arrives once when it is back', async () => {
  await connections.add('pull', 'email');
  await workflows.bring('outreach/pull-email', (file) =>
    withParameters(file, 'Every minute', everyTwoSeconds),
  );
  await stopN8n();
  const people = Array.from({ length: 5 }, () => `${randomUUID()}@example.com`);
  const messages = await Promise.all(people.map(send));
  await until(
    () => Promise.all(messages.map(statusOf)),
    (all) => all.every((status) => status === 'scheduled'),
  );
  await startN8n();
  await Promise.all(messages.map(sent));
  for (const person of people) expect(mailbox.to(person)).toHaveLength(1);
  await workflows.switchOff();
  await connections.remove();
}, 120_000);

/** Halyard tries after five seconds, when n8n is not there yet, and half a minute later; the test has no half minute. */
test('what could not be handed over is handed over when n8n is back, and arrives once', async () => {
  await workflows.bring('outreach/deliver-email');
  await connections.add('push', 'email', '/webhook/halyard/deliver/email');
  const before = `${randomUUID()}@example.com`;
  await sent(await send(before));
  await stopN8n();
  await sandbox('email', 'pause');
  const during = `${randomUUID()}@example.com`;
  const message = await send(during);
  await until(
    async () => (await halyard('GET', `/messages/${message}/status`)).body.attempts,
    (attempts) => attempts.some(({ outcome }: { outcome: string }) => outcome === 'failed_before_send'),
  );
  await startN8n();
  expect((await callHook('halyard/deliver/email', {})).status).toBe(401);
  await ours.query("update messages set due_at = now() where id = $1 and status = 'scheduled'", [message]);
  await sent(message);
  await sandbox('email', 'resume');
  for (const person of [before, during]) expect(mailbox.to(person)).toHaveLength(1);
  await workflows.switchOff();
  await connections.remove();
}, 180_000);

/** What Halyard has yet to tell n8n, and how often it tried. */
const waiting = async (): Promise<{ tries: number }[]> =>
  (await ours.query("select tries from deliveries where status = 'pending'")).rows;
/** Halyard tries after five seconds and then after five minutes; the test has no five minutes. */
async function hurry(): Promise<void> {
  await ours.query("update deliveries set due_at = now() where status = 'pending'");
}

/** Where Halyard tells n8n of this; n8n answers there once its triggers are on again. */
async function hookOfTrigger(event: string): Promise<string> {
  const { body } = await halyard('GET', '/endpoints');
  const { url } = body.items.find(({ event_types }: { event_types: string[] }) =>
    event_types.includes(event),
  );
  return new URL(url).pathname.replace('/webhook/', '');
}

test('what became of items waits while n8n is away, and is written back once when it is there again', async () => {
  const service = await startVendor(() => ({ status: 200, body: {} }));
  await account('httpHeaderAuth', 'Content Generator', { name: 'x-key', value: 'of the generator' });
  await workflows.bring('outreach/write-back-webhook', (file) =>
    withParameters(file, 'Settings', { ...settings({ status_url: service.url }), includeOtherFields: true }),
  );
  const tenant = (await halyard('GET', '/organization')).body.id;
  const toldOf = (id: string) => service.calls.filter(({ body }) => body.id === id);
  // Once when it was sent, once when it was delivered.
  const writtenBack = (id: string) =>
    until(
      () => toldOf(id),
      (calls) => calls.length >= 2 && calls.at(-1)?.body.status === 'delivered',
      30_000,
    );
  const before = outreachItem(tenant);
  await halyard('POST', '/outreach/items', before);
  await writtenBack(before.id);

  await stopN8n();
  const during = [outreachItem(tenant), outreachItem(tenant), outreachItem(tenant)];
  for (const each of during) await halyard('POST', '/outreach/items', each);
  const inVain = (all: { tries: number }[]) =>
    all.length >= 2 * during.length && all.some(({ tries }) => tries);
  await until(waiting, inVain, 30_000);
  expect(during.flatMap(({ id }) => toldOf(id))).toEqual([]);
  await startN8n();
  expect((await callHook(await hookOfTrigger('message.bounced'), {})).status).toBe(401);
  await hurry();
  for (const { id } of during) await writtenBack(id);
  await until(waiting, (all) => all.length === 0);
  for (const { id } of [before, ...during]) {
    const keys = toldOf(id).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  }
  await service.close();
}, 180_000);

/** A flow that asks the CRM by n8n, and writes down whether it heard; starts one for a new contact. */
async function ask(timeout: string): Promise<string> {
  const name = `asked_${randomUUID().slice(0, 8)}`;
  const steps = [
    {
      id: 'ask-crm',
      type: 'n8n_workflow',
      connection: 'n8n',
      path: 'webhook/halyard/leads/enrich',
      timeout,
      on_timeout: 'gave-up',
    },
    { id: 'heard', type: 'update_contact', set: { heard: 'yes' }, next: null },
    { id: 'gave-up', type: 'update_contact', set: { heard: 'no' } },
  ];
  const trigger = { type: 'event', event: `${name}.now` };
  const flow = await halyard('POST', '/flows', { key: name, definition: { name, trigger, steps } });
  const published = await halyard('POST', `/flows/${flow.body.id}/publish`, {});
  expect(published.status, JSON.stringify(published.body)).toBeLessThan(300);
  const contact = { email: `${randomUUID()}@example.com` };
  const { body } = await halyard('POST', '/events', { type: `${name}.now`, create_contact: true, contact });
  return body.contact_id;
}
const heard = async (contact: string): Promise<unknown> =>
  (await halyard('GET', `/contacts/${contact}`)).body.attributes.heard;
const callOf = async (contact: string) =>
  (await halyard('GET', '/workflow-calls')).body.items.find(
    ({ contact_id }: { contact_id: string }) => contact_id === contact,
  );

test('a flow goes on with what n8n answers, and without it when the answer is late', async () => {
  await workflows.bring('leads/enrich-contact', (file) =>
    withParameters(file, 'Settings', settings({ crm_url: crm.url })),
  );
  const inTime = await ask('PT30S');
  await until(
    () => heard(inTime),
    (said) => said === 'yes',
    30_000,
  );
  expect(await callOf(inTime)).toMatchObject({
    status: 'answered',
    answer: { industry: 'shipping' },
    late: false,
  });

  crm.hold();
  const tooLate = await ask('PT3S');
  await until(
    () => heard(tooLate),
    (said) => said === 'no',
    30_000,
  );
  crm.goOn();
  const call = await until(
    () => callOf(tooLate),
    ({ late }) => late,
    20_000,
  );
  expect(call).toMatchObject({ status: 'timed_out', late: true });
  expect(await heard(tooLate)).toBe('no');
}, 120_000);
