import { WebhookBody, webhookEvents } from '@halyard/contracts/webhooks/events';
import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { called } from '../testing/fake-n8n';
import { signed } from '../testing/signed';
import { HalyardTrigger } from './HalyardTrigger.node';

const trigger = new HalyardTrigger();
const address = 'https://n8n.example/webhook/1/webhook';
const secret = 'whsec_Y3VycmVudA==';
const body = JSON.stringify({ type: 'message.sent', timestamp: '2026-05-01T08:00:00Z', data: { a: 1 } });
const nobody = () => ({});

const keeping = (registration: IDataObject): IDataObject => ({ registrations: { [address]: registration } });
const call = async (
  id: string,
  { kept = keeping({ secret }), secrets = [secret], halyard = nobody, ...more }: Partial<Call> = {},
) => {
  const headers = signed(id, more.body ?? body, secrets);
  const { context, ...rest } = called(halyard, { body, headers, kept, address, ...more });
  return { ...rest, kept, given: await trigger.webhook.call(context) };
};
interface Call extends Partial<Parameters<typeof called>[1]> {
  secrets: string[];
  halyard: Parameters<typeof called>[0];
}

test('an event that is signed starts the workflow, with its id', async () => {
  const { given } = await call('w1');
  expect(given.workflowData).toEqual([[{ json: { id: 'w1', ...JSON.parse(body) } }]]);
});

test('reading the answer changes what is kept, by which n8n knows that it must be stored', async () => {
  const { given, kept } = await call('w1b');
  delete kept.newest;
  expect(given.webhookResponse).toEqual({ received: true });
  expect(kept.newest).toBe('w1b');
});

test('a repetition starts nothing, also after a restart, and is answered like the first', async () => {
  const first = await call('w2');
  const again = await call('w2', { kept: first.kept });
  expect(again.given).toEqual({ webhookResponse: { duplicate: true } });
  expect(again.told.status).toBe(200);
  // Another process knows only what was kept.
  const kept = keeping({ secret, seen: ['w2b'] });
  expect((await call('w2b', { kept })).given.workflowData).toBeUndefined();
});

test('an event whose workflow could not be started may come again', async () => {
  const first = await call('w3');
  first.told.status = 500;
  first.told.finish();
  // n8n keeps what a trigger noted only when it could answer.
  expect((await call('w3')).given.workflowData).toBeDefined();
});

test.each([
  ['with another secret', { secrets: ['whsec_b3RoZXI='] }],
  ['for another body', { headers: signed('w4', `${body} `, [secret]) }],
  ['ten minutes ago', { headers: signed('w4', body, [secret], new Date(Date.now() - 600_000)) }],
  ['not at all', { headers: {} }],
  ['while no secret is known', { kept: keeping({}) }],
])('what is signed %s is refused with 401, starts nothing, and does not count as seen', async (_, forged) => {
  const { given, told } = await call('w4', forged as Partial<Call>);
  expect(given).toEqual({ noWebhookResponse: true });
  expect(told).toMatchObject({ status: 401, body: { error: 'The signature does not match.' } });
  expect((await call(`after ${_}`)).given.workflowData).toBeDefined();
});

test('the secret before is good until its time is over', async () => {
  const old = 'whsec_b2xk';
  const until = (ms: number) =>
    keeping({ secret, previous: { secret: old, until: new Date(Date.now() + ms).toISOString() } });
  expect((await call('w5', { secrets: [old], kept: until(60_000) })).told.status).toBe(200);
  expect((await call('w6', { secrets: [old], kept: until(-1) })).told.status).toBe(401);
});

test('while somebody listens for a test event, a test of Halyard becomes a sample of the event', async () => {
  const items = Object.entries(webhookEvents).map(([type, { summary, example }]) => ({
    type,
    summary,
    example,
  }));
  const { given } = await call('w7', {
    body: JSON.stringify({ type: 'endpoint.test', timestamp: '2026-05-01T08:00:00Z', data: {} }),
    mode: 'manual',
    parameters: { events: ['booking.created'] },
    halyard: ({ path }) => ({ body: path === '/webhook-events' ? { items } : {} }),
  });
  const sample = given.workflowData?.[0]?.[0]?.json;
  expect(sample).toMatchObject({
    id: 'w7',
    type: 'booking.created',
    data: webhookEvents['booking.created'].example,
  });
  expect(WebhookBody.safeParse(sample).success).toBe(true);
});
