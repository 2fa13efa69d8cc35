import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

interface Call {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const secret = `whsec_${randomBytes(32).toString('base64')}`;
let server: TestServer;
let admin: TestCaller;
let n8n: Server;
let base: string;
/** How the fake n8n answers a path, by how often it was called before. */
const answers = new Map<string, (before: number) => number>();
const calls: Call[] = [];
beforeAll(async () => {
  n8n = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const before = calls.filter((one) => one.path === path).length;
    calls.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.get(path)?.(before) ?? 200).end('{}');
  });
  await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`;
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
  const connection = await connect('n8n');
  expect(connection.status).toBe(201);
});
afterAll(async () => {
  n8n.closeAllConnections();
  n8n.close();
  await server.stop();
});

const connect = (name: string) =>
  admin('POST', '/connections', {
    provider: 'n8n',
    name,
    settings: { base_url: base },
    secrets: { signing_secret: secret },
    skip_test: true,
  });

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 30 });
const at = (path: string) => calls.filter((one) => one.path === path);

/** A flow whose run ends at an exit step named for the way that it went, and a contact in it. */
async function run(path: string, step: Record<string, unknown>): Promise<{ flow: string; contact: string }> {
  const leads = step.on_timeout ? ['late', 'failed'] : [];
  const score = { id: 'score', type: 'n8n_workflow', connection: 'n8n', path: `webhook/${path}`, ...step };
  const vip = { when: { field: 'steps.score.answer.vip', op: 'eq', value: true }, next: 'vip' };
  const exits = ['vip', 'other', ...leads].map((id) => ({ id, type: 'exit' }));
  const steps = [score, { id: 'decide', type: 'branch', branches: [vip], next: 'other' }, ...exits];
  const definition = { name: path, trigger: { type: 'api' }, steps };
  const flow = (await admin('POST', '/flows', { definition })).body.id;
  expect((await admin('POST', `/flows/${flow}/publish`, {})).body).toMatchObject({ status: 'live' });
  const contact = (await admin('POST', '/contacts', { first_name: 'Mia' })).body.id;
  await admin('POST', `/flows/${flow}/start`, { contact_ids: [contact] });
  return { flow, contact };
}

const waits = { timeout: 'PT1H', on_timeout: 'late', on_failure: 'failed' };

const runOf = async (flow: string) => (await admin('GET', `/flows/${flow}/runs`)).body.items[0];
const ended = (flow: string, way: string) =>
  until(async () =>
    expect(await runOf(flow)).toMatchObject({ status: 'exited', end_reason: `step: ${way}` }),
  );
const callOf = async (flow: string) =>
  (await admin('GET', `/workflow-calls?run_id=${(await runOf(flow)).id}`)).body.items[0];
const taken = async (path: string): Promise<Call> => {
  await until(async () => expect(at(`/webhook/${path}`).length).toBeGreaterThan(0));
  return at(`/webhook/${path}`)[0] as Call;
};
interface Told {
  type: string;
  data: { call_id: string; answer: { url: string } };
}
const verify = ({ body, headers }: Call) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as Told;
/** Posts to the address that came with the call, on the server of this test. */
const answer = (call: Call, said: object) =>
  server.anonymous('POST', new URL(verify(call).data.answer.url).pathname, said);

test('a workflow gets the facts, signed and with a key, and the run goes on with its answer', async () => {
  const { flow, contact } = await run('in-time', {
    ...waits,
    data: { greeting: 'Hello {{ contact.first_name }}', tries: 3 },
  });
  const call = await taken('in-time');
  const told = verify(call);
  expect(told).toMatchObject({
    type: 'workflow.called',
    data: {
      run: { step: 'score', occurrence: 1 },
      contact: { id: contact, first_name: 'Mia' },
      data: { greeting: 'Hello Mia', tries: 3 },
    },
  });
  expect(call.headers['webhook-id']).toBe(told.data.call_id);
  expect(call.headers['idempotency-key']).toBe(told.data.call_id);
  expect(await answer(call, { answer: { vip: true } })).toMatchObject({
    status: 200,
    body: { call_id: told.data.call_id, status: 'answered', late: false },
  });
  await ended(flow, 'vip');
  expect((await answer(call, { error: 'changed its mind' })).body).toMatchObject({
    status: 'answered',
    late: false,
  });
  expect(await callOf(flow)).toMatchObject({ status: 'answered', answer: { vip: true } });
  const explained = await admin('GET', `/flows/${flow}/explain?contact=${contact}&locale=de`);
  expect(JSON.stringify(explained.body)).toContain('hat der Workflow geantwortet');
});

test('an answer that comes too late is on record, and the run has gone the way of the timeout', async () => {
  const { flow, contact } = await run('late', { ...waits, timeout: 'PT1S' });
  const call = await taken('late');
  await ended(flow, 'late');
  const late = { status: 200, body: { status: 'timed_out', late: true } };
  expect(await answer(call, { answer: { vip: true } })).toMatchObject(late);
  expect(await answer(call, { answer: { vip: true } })).toMatchObject(late);
  const { items } = (await admin('GET', `/contacts/${contact}/events`)).body;
  expect(items.filter(({ type }: { type: string }) => type === 'workflow.answered')).toMatchObject([
    { payload: { late: true, answer: { vip: true } } },
  ]);
  expect(await runOf(flow)).toMatchObject({ end_reason: 'step: late' });
});

test('while n8n is down it is tried again with the same key and body', async () => {
  answers.set('/webhook/down', (before) => (before < 2 ? 503 : 200));
  const { flow } = await run('down', waits);
  await until(async () => expect(at('/webhook/down')).toHaveLength(3));
  const [first, , third] = at('/webhook/down') as [Call, Call, Call];
  expect(third.body).toBe(first.body);
  expect(third.headers['webhook-id']).toBe(first.headers['webhook-id']);
  await until(async () => expect(await callOf(flow)).toMatchObject({ status: 'handed_over', tries: 3 }));
  await answer(third, { answer: {} });
  await ended(flow, 'other');
});

test('what n8n refuses goes the way of the failure', async () => {
  answers.set('/webhook/refused', () => 400);
  const { flow } = await run('refused', waits);
  await ended(flow, 'failed');
  expect(at('/webhook/refused')).toHaveLength(1);
  expect(await callOf(flow)).toMatchObject({
    status: 'failed',
    last_status: 400,
    last_error: 'n8n answered 400.',
  });
});

test('a workflow that says it failed goes the same way, by an API key as well', async () => {
  const { flow } = await run('error', waits);
  await taken('error');
  const key = await server.apiKey(['flows:write']);
  const { id } = await callOf(flow);
  expect((await key('POST', `/workflow-calls/${id}/answer`, { error: 'no such lead' })).body).toMatchObject({
    status: 'failed',
    late: false,
  });
  await ended(flow, 'failed');
});

test('a call of a run that was stopped is cancelled, and its answer late', async () => {
  const { flow, contact } = await run('stopped', waits);
  const call = await taken('stopped');
  expect((await admin('GET', `/flows/${flow}/explain?contact=${contact}`)).body).toMatchObject({
    verdict: 'waiting',
    reason: 'workflow',
    step: 'score',
    sentences: [expect.stringContaining('waits at step score for the answer of a workflow')],
  });
  await admin('POST', `/flows/${flow}/stop`, { contact_ids: [contact] });
  await until(async () => expect(await runOf(flow)).toMatchObject({ status: 'cancelled' }));
  expect((await answer(call, { answer: {} })).body).toMatchObject({ status: 'cancelled', late: true });
});

test('who does not wait goes on at once, and the workflow has nothing to answer to', async () => {
  const { flow } = await run('quick', { wait: false });
  await ended(flow, 'other');
  expect(verify(await taken('quick')).data.answer).toBeNull();
  await until(async () => expect(await callOf(flow)).toMatchObject({ status: 'handed_over' }));
});

test('a step without a connection is refused when it is published, and fails when it is gone later', async () => {
  const step = { id: 's', type: 'n8n_workflow', connection: 'nowhere', path: 'webhook/x' };
  const definition = { name: 'Nowhere', trigger: { type: 'api' }, steps: [step] };
  const { body } = await admin('POST', '/flows/check', { definition });
  expect(body.issues).toMatchObject([{ severity: 'error', path: 'steps.0.connection' }]);

  const other = (await connect('other')).body.id;
  const { flow, contact } = await run('gone', { ...waits, connection: 'other' });
  await taken('gone');
  await admin('POST', `/flows/${flow}/stop`, { contact_ids: [contact] });
  await until(async () => expect(await runOf(flow)).toMatchObject({ status: 'cancelled' }));
  await admin('DELETE', `/connections/${other}`);
  await admin('POST', `/flows/${flow}/start`, { contact_ids: [contact], again: true });
  await ended(flow, 'failed');
  expect((await callOf(flow)).last_error).toContain('There is no connection to n8n called "other"');
});

test('an address that is none of ours, and an answer that is too large, are refused', async () => {
  const token = Buffer.alloc(49, 7).toString('base64url');
  expect(await server.anonymous('POST', `/hooks/workflow-calls/${token}`, { answer: {} })).toMatchObject({
    status: 404,
  });
  await run('large', waits);
  const call = await taken('large');
  expect(await answer(call, { answer: { text: 'x'.repeat(17_000) } })).toMatchObject({ status: 422 });
  expect(await answer(call, {})).toMatchObject({ status: 422 });
});
