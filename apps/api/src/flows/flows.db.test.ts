import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let editor: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  editor = await server.as('editor');
});
afterAll(() => server.stop());

const soon = { timeout: 10_000, interval: 20 };
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();

const contact = async (): Promise<string> => {
  const { body } = await editor('POST', '/contacts', { first_name: 'Mia' });
  return body.id;
};
const pause = { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } };
const create = async (name: string, steps: unknown[]): Promise<string> => {
  const definition = { name, trigger: { type: 'api' }, steps };
  const { status, body } = await editor('POST', '/flows', { definition });
  expect([status, body.status]).toEqual([201, 'draft']);
  return body.id;
};

test('a definition that has not the shape of one is refused with the path of the step’s field', async () => {
  const steps = [pause, { id: 'hello', type: 'message', template: 'hello', channels: ['pigeon'] }];
  const { status, body } = await editor('POST', '/flows', {
    definition: { name: 'Odd', trigger: { type: 'api' }, steps },
  });
  expect(status).toBe(422);
  expect(body.errors[0].path).toBe('body.definition.steps.1.channels.0');
});

test('a draft is checked, refused by the name of its step, mended, published, compared and rolled back', async () => {
  const id = await create('Reminder', [{ ...pause, next: 'nowhere' }]);
  const { body: checked } = await editor('POST', `/flows/${id}/check`);
  expect(checked.issues).toEqual([
    {
      severity: 'error',
      rule: 'steps',
      path: 'steps.0.next',
      message: expect.stringContaining('Step "pause" leads to "nowhere"'),
      counterexample: null,
    },
  ]);
  const refused = await editor('POST', `/flows/${id}/publish`, {});
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'invalid_definition', errors: checked.issues },
  });

  const mended = { name: 'Reminder', trigger: { type: 'api' }, steps: [pause] };
  await editor('PATCH', `/flows/${id}`, { definition: mended });
  expect((await editor('POST', `/flows/${id}/publish`, {})).body).toMatchObject({
    status: 'live',
    draft: null,
  });
  const longer = { ...pause, wait: { for: 'duration', duration: 'P2D' } };
  await editor('PATCH', `/flows/${id}`, { definition: { ...mended, steps: [longer] } });
  const second = await editor('POST', `/flows/${id}/publish`, { weight: 25 });
  expect(second.body.live).toEqual([
    { version: 1, weight: 75 },
    { version: 2, weight: 25 },
  ]);
  expect((await editor('GET', `/flows/${id}/diff?from=1&to=2`)).body.changes).toEqual([
    { change: 'changed', path: 'steps.pause.wait.duration', before: 'P1D', after: 'P2D' },
  ]);
  const uneven = await editor('PUT', `/flows/${id}/weights`, { weights: [{ version: 1, weight: 99 }] });
  expect(uneven.status).toBe(422);
  const rolled = await editor('POST', `/flows/${id}/rollback`, { version: 1 });
  expect(rolled.body.live).toEqual([{ version: 1, weight: 100 }]);
});

test('a definition is checked without being stored: against templates and policy, with counterexamples', async () => {
  const admin = await server.as('admin');
  await admin('PUT', '/organization/policy', { caps: [{ messages: 1, per: 'P1D' }] });
  const text =
    'Hello {{ firstName }}, your boat is {{ boat }}. {{ contact.attributes.level | default: "New" }}';
  const content = { default_locale: 'en', locales: { en: { text } } };
  await editor('POST', '/templates', { key: 'boat', channel: 'telegram', content });
  const mail = (id: string) => ({ id, type: 'message', template: 'boat', channels: ['telegram'] });
  const definition = {
    name: 'Boats',
    trigger: { type: 'event', event: 'user.login' },
    steps: [mail('first'), { ...pause, wait: { for: 'duration', duration: 'PT2H' } }, mail('second')],
  };
  const { status, body } = await editor('POST', '/flows/check', { definition });
  expect(status).toBe(200);
  const told = body.issues.map((one: { rule: string; severity: string; path: string }) => [
    one.severity,
    one.rule,
    one.path,
  ]);
  expect(told).toEqual([
    ['error', 'variables', 'steps.0.template'],
    ['error', 'caps', 'steps.2'],
    ['error', 'variables', 'steps.2.template'],
    ['warning', 'connections', 'steps.0.channels'],
    ['warning', 'variables', 'steps.0.template'],
    ['warning', 'connections', 'steps.2.channels'],
    ['warning', 'variables', 'steps.2.template'],
  ]);
  expect(body.issues[0].counterexample.variables).toEqual(['boat']);
  expect(body.issues[1].counterexample.sentences.de).toContain('2 Werbenachrichten innerhalb von P1D');
  expect((await editor('GET', '/flows?key=boats')).body.items).toEqual([]);

  // The sandbox is a connection like any other.
  await admin('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  const brought = { class: 'service', variables: { boat: 'Ariadne' } };
  const steps = [{ ...mail('first'), ...brought }, definition.steps[1], { ...mail('second'), ...brought }];
  const { body: created } = await editor('POST', '/flows', { definition: { ...definition, steps } });
  const published = await editor('POST', `/flows/${created.id}/publish`, {});
  expect(published.body).toMatchObject({
    status: 'live',
    warnings: [{ path: 'steps.0.template', counterexample: { variables: ['firstName'] } }, {}],
  });
  await admin('PUT', '/organization/policy', {});
});

test('a flow is started for a contact by the API, and stopped again', async () => {
  const id = await create('By API', [pause]);
  await editor('POST', `/flows/${id}/publish`, {});
  const mia = await contact();
  const start = { contact_ids: [mia], subject: { type: 'order', id: '4711' } };
  expect(await editor('POST', `/flows/${id}/start`, start)).toMatchObject({
    status: 202,
    body: { requested: 1 },
  });
  const active = { contact_id: mia, subject: start.subject, version: 1, status: 'active', step: 'pause' };
  await vi.waitFor(async () => {
    expect((await editor('GET', `/flows/${id}/runs`)).body.items).toMatchObject([active]);
  }, soon);
  expect((await editor('GET', `/flows/${id}/steps`)).body.items).toEqual([
    { step: 'pause', runs: 1, planned_messages: 0 },
  ]);
  await editor('POST', `/flows/${id}/stop`, { contact_ids: [mia], reason: 'changed my mind' });
  await vi.waitFor(async () => {
    const { items } = (await editor('GET', `/flows/${id}/runs?status=cancelled`)).body;
    expect(items).toMatchObject([{ contact_id: mia, end_reason: 'changed my mind' }]);
  }, soon);
});

test('a viewer reads flows and changes none', async () => {
  const viewer = await server.as('viewer');
  const id = await create('Look only', [pause]);
  expect((await viewer('GET', `/flows/${id}`)).status).toBe(200);
  expect((await viewer('POST', `/flows/${id}/publish`, {})).status).toBe(403);
});

test('after the sailing school’s recipe, a booking has its plan before, during and after, in local time', async () => {
  const installed = await editor('POST', '/recipes/sailing-school/install', { locale: 'de' });
  expect(installed.body.flows.map((flow: { status: string }) => flow.status)).toEqual(Array(8).fill('live'));
  const { body: booking } = await editor('POST', '/bookings', {
    contact: { email: 'mia@example.com', first_name: 'Mia' },
    starts_at: days(30),
    ends_at: days(32),
    time_zone: 'Europe/Berlin',
  });
  type Item = { step: { id: string; name: string }; local_time: string; time_zone: string; status: string };
  const items = await vi.waitFor(async (): Promise<Item[]> => {
    const { body } = await editor('GET', `/bookings/${booking.id}/plan`);
    // The confirmation is due at once; here nothing is connected that could send it.
    const ahead = body.items.filter(({ step }: Item) => step.id !== 'confirmation');
    expect(ahead).toHaveLength(7);
    return ahead;
  }, soon);
  expect(items.map(({ step }) => step.name)).toEqual([
    '7 Tage vorher',
    '3 Tage vorher',
    '1 Tag vorher',
    'Check-in-Tag',
    'Danke',
    'Bitte um Bewertung',
    'Wiedersehen',
  ]);
  expect(new Set(items.map(({ status, time_zone }) => `${status} ${time_zone}`))).toEqual(
    new Set(['scheduled Europe/Berlin']),
  );
  expect(items.map(({ local_time }) => local_time.slice(11, 16)).filter((_, n) => n !== 3)).toEqual([
    '09:00',
    '09:00',
    '12:00',
    '10:00',
    '17:00',
    '10:00',
  ]);
});
