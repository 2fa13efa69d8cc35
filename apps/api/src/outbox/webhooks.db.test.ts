import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: TestServer;
let admin: TestCaller;
let receiver: Server;
let base: string;
let answerWith: (path: string) => number | 'never';
const received: Received[] = [];
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    const status = answerWith(request.url ?? '');
    if (status !== 'never') response.writeHead(status).end('thank you');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await server.stop();
});

const at = (path: string) => received.filter((one) => one.path === path);
const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const make = async (path: string, types = ['*']) =>
  (await admin('POST', '/endpoints', { url: base + path, event_types: types })).body;

test('an endpoint is told of a new contact within moments, signed so that the standard library accepts it', async () => {
  answerWith = () => 204;
  const { secret, id } = await make('/signed', ['contact.created']);
  const contact = (await admin('POST', '/contacts', { email: 'anna@example.org', first_name: 'Anna' })).body;
  await until(() => expect(at('/signed')).toHaveLength(1));
  const [told] = at('/signed');
  expect(told && verify(secret, told)).toMatchObject({
    type: 'contact.created',
    data: { contact_id: contact.id, contact: { first_name: 'Anna' } },
  });
  await until(async () => {
    const { items } = (await admin('GET', `/endpoints/${id}/deliveries`)).body;
    expect(items).toMatchObject([{ status: 'delivered', tries: 1, last_status: 204 }]);
    expect(items[0].webhook_id).toBe(told?.headers['webhook-id']);
  });
  expect(JSON.stringify((await admin('GET', '/endpoints')).body)).not.toContain('whsec_');
});

test('after a rotation old and new secret verify', async () => {
  answerWith = () => 200;
  const { secret, id } = await make('/rotated', ['endpoint.test']);
  const fresh = (await admin('POST', `/endpoints/${id}/rotate`)).body.secret;
  expect(fresh).not.toBe(secret);
  expect((await admin('POST', `/endpoints/${id}/test`)).status).toBe(202);
  await until(() => expect(at('/rotated')).toHaveLength(1));
  for (const one of at('/rotated')) {
    expect(verify(secret, one)).toMatchObject({ type: 'endpoint.test' });
    expect(verify(fresh, one)).toMatchObject({ type: 'endpoint.test' });
  }
});

test('a failure is tried again with the same id and body', { timeout: 20_000 }, async () => {
  answerWith = (path) => (at(path).length > 1 ? 200 : 500);
  const { id } = await make('/again', ['endpoint.test']);
  const delivery = (await admin('POST', `/endpoints/${id}/test`)).body;
  await until(() => expect(at('/again').length).toBeGreaterThanOrEqual(2)); // 5 s ± 20 %
  const [one, two] = at('/again');
  expect(two?.body).toBe(one?.body);
  expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
  await until(async () =>
    expect((await admin('GET', `/deliveries/${delivery.id}`)).body).toMatchObject({
      status: 'delivered',
      tries: 2,
    }),
  );
});

test('410 disables the endpoint; enabled again it gets what is replayed', async () => {
  answerWith = () => 410;
  const { id } = await make('/gone', ['endpoint.test']);
  const delivery = (await admin('POST', `/endpoints/${id}/test`)).body;
  await until(async () =>
    expect((await admin('GET', `/endpoints/${id}`)).body).toMatchObject({
      status: 'disabled',
      disabled_reason: 'It answered 410 Gone.',
    }),
  );
  answerWith = () => 200;
  await admin('POST', `/endpoints/${id}/enable`);
  expect((await admin('POST', `/deliveries/${delivery.id}/replay`)).status).toBe(202);
  await until(async () =>
    expect((await admin('GET', `/deliveries/${delivery.id}`)).body.status).toBe('delivered'),
  );
  expect(at('/gone')).toHaveLength(2);
});

test('an endpoint that never answers does not hold up the others', async () => {
  answerWith = (path) => (path === '/never' ? 'never' : 200);
  const never = await make('/never', ['endpoint.test']);
  const quick = await make('/quick', ['endpoint.test']);
  for (let n = 0; n < 8; n++) await admin('POST', `/endpoints/${never.id}/test`);
  await admin('POST', `/endpoints/${quick.id}/test`);
  await until(() => expect(at('/quick')).toHaveLength(1));
  expect(at('/never').length).toBeLessThanOrEqual(5);
  receiver.closeAllConnections();
});

test('types come with schema and example, and an unknown type is refused', async () => {
  const { items } = (await server.anonymous('GET', '/webhook-events')).body;
  expect(items.find((one: { type: string }) => one.type === 'message.sent')).toMatchObject({
    schema: { type: 'object' },
    example: { type: 'message.sent' },
  });
  const wrong = await admin('POST', '/endpoints', { url: base, event_types: ['no.such'] });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
});
