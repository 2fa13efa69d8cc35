import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { account, smtpAccount } from './accounts.ts';
import { Mailbox } from './mailbox.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { SlowCrm } from './slow-crm.ts';
import { halyard, scene, startN8n, stopN8n, withParameters } from './stage.ts';

/** n8n goes away in the middle, or answers late: nothing is lost, nothing is done twice. */

let mailbox: Mailbox;
let crm: SlowCrm;
const connections: string[] = [];
const workflows = new Brought();

beforeAll(async () => {
  mailbox = await Mailbox.open();
  crm = await SlowCrm.open();
  await smtpAccount(mailbox.port);
  await account('httpHeaderAuth', 'CRM (read only)', { name: 'x-crm-key', value: 'read only' });
});
afterAll(async () => {
  await startN8n();
  await workflows.switchOff();
  for (const id of connections) await halyard('DELETE', `/connections/${id}`);
  await Promise.all([mailbox?.close(), crm?.close()]);
});

async function connection(name: string, channel: string, more: object): Promise<void> {
  const { status, body } = await halyard('POST', '/connections', {
    provider: 'n8n',
    name,
    channels: [channel],
    settings: { base_url: scene.n8n.url, from_address: 'hello@sailing-school.example', ...more },
    secrets: { signing_secret: scene.signingSecret },
    priority: 1,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  connections.push(body.id);
}

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
  await connection('pull', 'email', { mode: 'pull' });
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
  await halyard('DELETE', `/connections/${connections.pop()}`);
}, 120_000);

test('what could not be handed over is handed over when n8n is back, and arrives once', async () => {
  await workflows.bring('outreach/deliver-email');
  await connection('push', 'email', { mode: 'push', path: '/webhook/halyard/deliver/email' });
  const before = `${randomUUID()}@example.com`;
  await sent(await send(before));
  await stopN8n();
  await halyard('POST', `/connections/${await sandbox()}/pause`);
  const during = `${randomUUID()}@example.com`;
  const message = await send(during);
  await until(
    async () => (await halyard('GET', `/messages/${message}/status`)).body.attempts,
    (attempts) => attempts.some(({ outcome }: { outcome: string }) => outcome === 'failed_before_send'),
  );
  await startN8n();
  await sent(message);
  await halyard('POST', `/connections/${await sandbox()}/resume`);
  for (const person of [before, during]) expect(mailbox.to(person)).toHaveLength(1);
}, 180_000);

const sandbox = async (): Promise<string> =>
  (await halyard('GET', '/connections')).body.items.find(
    ({ provider, channels }: { provider: string; channels: string[] }) =>
      provider === 'sandbox' && channels.includes('email'),
  ).id;

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
