import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  await admin('PUT', '/organization/policy', { quiet_hours: { default: { from: '21:00', to: '08:00' } } });
  await admin('POST', '/connections', {
    provider: 'sandbox',
    name: 'Sandbox',
    settings: {},
    secrets: {},
    price: { amount: 0.02, currency: 'EUR' },
  });
  await admin('POST', '/templates', {
    key: 'hello',
    name: 'Hello',
    channel: 'email',
    content: {
      default_locale: 'en',
      locales: {
        en: {
          subject: 'Ahoy {{firstName}}',
          html: '<p>See you on {{eventDate}}.</p><p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>',
        },
      },
    },
  });
});
afterAll(() => server.stop());

const message = (id: string, timing: object) => ({
  id,
  type: 'message',
  template: 'hello',
  channels: ['email'],
  timing,
});
const flow = (offset: string) => ({
  name: 'Around a booking',
  trigger: { type: 'event', event: 'booking.created' },
  steps: [
    message('welcome', {}),
    message('reminder', { from: 'anchor', anchor: 'subject.starts_at', offset }),
  ],
});
const anna = { key: 'anna', first_name: 'Anna', email: 'anna@example.com', time_zone: 'America/New_York' };
const booked = {
  at: '2026-06-01T02:00:00Z',
  type: 'booking.created',
  contact: 'anna',
  booking: { id: 'one', starts_at: '2026-06-20T14:00:00Z', ends_at: '2026-06-20T18:00:00Z' },
};
const story = { flow: { definition: flow('-P1D') }, contacts: [anna], events: [booked], render: true };

test('given events: what goes out when, on whose clock, what it says and costs, and what was held back by which rule', async () => {
  const { status, body } = await admin('POST', '/flows/simulate', story);
  expect(status).toBe(200);
  const [welcome, reminder] = body.timelines[0].messages;
  // Booked at ten in the evening in New York: held until after eight.
  expect(welcome).toMatchObject({ step: 'welcome', status: 'sent', cost: { amount: 0.02, currency: 'EUR' } });
  expect(welcome.local).toMatch(/^2026-06-01T08:\d\d:\d\d-04:00$/);
  expect(welcome.held).toMatchObject([{ rule: 'hours', at: '2026-06-01T02:00:00.000Z' }]);
  expect(welcome.content.subject).toBe('Ahoy Anna');
  expect(reminder).toMatchObject({ status: 'sent', local: '2026-06-19T10:00:00-04:00', held: [] });
  expect(body.totals).toMatchObject({ messages: { sent: 2 }, cost: [{ currency: 'EUR', amount: 0.04 }] });
  expect(body.totals.held).toEqual([{ rule: 'hours', times: 1, messages: 1 }]);
  expect(body.assumptions.map(({ about }: { about: string }) => about)).toContain('replies');
});

test('nothing is written', async () => {
  await admin('POST', '/flows/simulate', story);
  for (const table of ['contacts', 'events', 'runs', 'messages', 'bookings'])
    expect((await server.db.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n).toBe(0);
});

test('two definitions: who gains, loses and shifts which message', async () => {
  const other = {
    ...flow('-P2D'),
    steps: [
      ...flow('-P2D').steps.slice(1),
      message('review', { from: 'anchor', anchor: 'subject.ends_at', offset: 'P1D' }),
    ],
  };
  const { body } = await admin('POST', '/flows/simulate', { ...story, compare_with: { definition: other } });
  expect(body.compared.comparison).toMatchObject({ gained: 1, lost: 1, shifted: 1, unchanged: 0 });
  expect(body.compared.comparison.differences).toMatchObject([
    { change: 'lost', step: 'welcome', after: null },
    { change: 'shifted', step: 'reminder', after: { local: '2026-06-18T10:00:00-04:00' } },
    { change: 'gained', step: 'review', before: null },
  ]);
});

test('open and click rates are drawn, and conditions see them', async () => {
  const asking = flow('-P1D');
  const opened = { field: 'steps.welcome.opened', op: 'eq', value: true };
  asking.steps[1] = { ...asking.steps[1], condition: opened } as never;
  const run = async (rate: number) => {
    const rates = { opened: rate };
    return (await admin('POST', '/flows/simulate', { ...story, flow: { definition: asking }, rates })).body
      .totals.messages;
  };
  expect(await run(1)).toEqual({ sent: 2 });
  expect(await run(0)).toEqual({ sent: 1, skipped: 1 });
});

test('the stream ends with the same result, and a wrong request is a problem', async () => {
  const { body: whole } = await admin('POST', '/flows/simulate', story);
  const { body, headers } = await admin('POST', '/flows/simulate/stream', story);
  expect(headers.get('content-type')).toContain('application/x-ndjson');
  const lines = body
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line));
  expect(lines[0].progress).toMatchObject({ of: 1 });
  expect(lines.at(-1)).toEqual({ result: whole });
  const missing = { ...story, flow: { flow_id: '00000000-0000-7000-8000-000000000000' } };
  expect(await admin('POST', '/flows/simulate/stream', missing)).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
});

test('a recorded period: bookings are as they were at each moment, and another organization has none of it', async () => {
  const other = await server.db.organization();
  const owner = await server.as('admin', other);
  await owner('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  const starts = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const made = await owner('POST', '/bookings', {
    contact: { email: 'bo@example.com' },
    starts_at: starts(5),
    ends_at: starts(6),
  });
  await owner('POST', `/bookings/${made.body.id}/reschedule`, { starts_at: starts(9) });
  const period = { from: starts(-1), until: starts(1) };
  const soon = {
    ...flow('-P1D'),
    steps: [message('soon', { from: 'anchor', anchor: 'subject.starts_at', offset: '-P1D' })],
  };
  const simulated = { flow: { definition: soon }, period };
  const { body } = await owner('POST', '/flows/simulate', simulated);
  expect(body.timelines[0].runs).toMatchObject([{ event: 'booking.created' }]);
  expect(Date.parse(body.timelines[0].messages[0].planned_at)).toBe(
    Date.parse(starts(8)) -
      (Date.parse(starts(9)) - Date.parse((await owner('GET', `/bookings/${made.body.id}`)).body.starts_at)),
  );
  expect((await admin('POST', '/flows/simulate', simulated)).body.totals).toMatchObject({
    events: 0,
    contacts: 0,
  });
});

test('workflows are not called: their steps time out, or answer as it is given, and the result says which', async () => {
  await admin('POST', '/connections', {
    provider: 'n8n',
    name: 'n8n',
    settings: { base_url: 'http://127.0.0.1:9' },
    secrets: { signing_secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` },
    skip_test: true,
  });
  const vip = { field: 'steps.score.answer.vip', op: 'eq', value: true };
  const scored = {
    name: 'Scored',
    trigger: { type: 'event', event: 'booking.created' },
    steps: [
      {
        id: 'score',
        type: 'n8n_workflow',
        connection: 'n8n',
        path: 'webhook/score',
        timeout: 'PT1H',
        on_timeout: 'other',
      },
      { id: 'decide', type: 'branch', branches: [{ when: vip, next: 'vip' }], next: 'other' },
      { ...message('vip', {}), next: null },
      message('other', {}),
    ],
  };
  const morning = { ...booked, at: '2026-06-01T14:00:00Z' };
  const given = { flow: { definition: scored }, contacts: [anna], events: [morning] };
  const sent = async (workflows: unknown[]) => {
    const { body } = await admin('POST', '/flows/simulate', { ...given, workflows });
    const { about, text } = body.assumptions.find((one: { about: string }) => one.about === 'workflows');
    const { step, planned_at } = body.timelines[0].messages[0];
    return { about, text, step, planned_at };
  };
  expect(await sent([])).toMatchObject({
    step: 'other',
    planned_at: '2026-06-01T15:00:00.000Z',
    text: expect.stringContaining('none answers'),
  });
  expect(await sent([{ step: 'score', answer: { vip: true }, after: 'PT5M' }])).toMatchObject({
    step: 'vip',
    planned_at: '2026-06-01T14:05:00.000Z',
    text: expect.stringContaining('Those of score'),
  });
  expect(await sent([{ step: 'score', answer: { vip: true }, after: 'PT2H' }])).toMatchObject({
    step: 'other',
  });
});
