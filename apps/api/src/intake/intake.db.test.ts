import { randomUUID } from 'node:crypto';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { publish } from '@halyard/postgres/testing/deciding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
const before = (id: string, offset: string) => ({
  id,
  type: 'message' as const,
  template: 'reminder',
  channels: ['email' as const],
  timing: { from: 'anchor' as const, anchor: 'subject.starts_at', offset },
});
const reminders: FlowDefinitionInput = {
  name: 'Before the course',
  trigger: { type: 'event', event: 'booking.created' },
  zone: 'subject',
  steps: [before('seven', '-P7D'), before('one', '-P1D')],
};

let server: TestServer;
let key: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  key = await server.apiKey();
  await publish(server.db, server.organization, 'before', reminders);
});
afterAll(() => server.stop());

const book = async (given: object = {}) => {
  const { body, status } = await key('POST', '/bookings', {
    contact: { email: 'mia@example.com', first_name: 'Mia' },
    starts_at: days(10),
    ends_at: days(12),
    time_zone: 'Europe/Berlin',
    ...given,
  });
  expect(status).toBe(201);
  return body;
};

/** Asks until the plan is decided. */
async function planOf(id: string, isThere: (items: { status: string }[]) => boolean) {
  const end = performance.now() + 10_000;
  for (;;) {
    const { body } = await key('GET', `/bookings/${id}/plan`);
    if (isThere(body.items)) return body.items;
    if (performance.now() > end) throw new Error(`No such plan came: ${JSON.stringify(body)}`);
  }
}

test('a booking has its plan; moving and cancelling it follow', async () => {
  const booking = await book();
  const planned = await planOf(booking.id, (items) => items.length === 2);
  expect(planned[0]).toMatchObject({
    flow: { key: 'before', version: 1 },
    step: { id: 'seven' },
    channels: ['email'],
    status: 'scheduled',
    time_zone: 'Europe/Berlin',
    moved: false,
  });
  await key('POST', `/bookings/${booking.id}/reschedule`, { starts_at: days(20) });
  const moved = await planOf(booking.id, (items) =>
    items.every((item) => 'moved' in item && item.moved === true),
  );
  expect(moved[0].planned_at > planned[0].planned_at).toBe(true);
  await key('POST', `/bookings/${booking.id}/cancel`, { reason: 'ill' });
  await planOf(booking.id, (items) => items.every((item) => item.status === 'cancelled'));
  const again = await key('POST', `/bookings/${booking.id}/check-in`, {});
  expect(again).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
});

test('events are acknowledged one by one or together, and kept in the timeline', async () => {
  const { contact_id } = await book();
  const one = await key('POST', '/events', { id: 'login-1', type: 'user.login', contact_id });
  expect(one).toMatchObject({ status: 202, body: { duplicate: false, contact_id } });
  const again = await key('POST', '/events', { id: 'login-1', type: 'user.login', contact_id });
  expect(again.body).toEqual({ ...one.body, duplicate: true });
  const other = await key('POST', '/events', { id: 'login-1', type: 'user.logout', contact_id });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  const reserved = await key('POST', '/events', { type: 'booking.created', contact_id });
  expect(reserved).toMatchObject({ status: 422, body: { errors: [{ path: 'body.type' }] } });
  const batch = await key('POST', '/events/batch', {
    events: [{ type: 'video.watched', contact_id }, { type: 'Wrong' }, { type: 'message.sent' }],
  });
  expect(batch.body.results.map((result: { status: string }) => result.status)).toEqual([
    'accepted',
    'rejected',
    'rejected',
  ]);
  const timeline = await key('GET', `/contacts/${contact_id}/events`);
  expect(timeline.body.items.map((event: { type: string }) => event.type)).toEqual(
    expect.arrayContaining(['video.watched', 'user.login', 'booking.created', 'contact.created']),
  );
});

test('single events that come at once share transactions and get an answer each', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => key('POST', '/events', { id: `burst-${n}`, type: 'user.login' })),
  );
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(60);
});

test('an outreach item is taken as it is written down, and its state can be read', async () => {
  const item = {
    id: randomUUID(),
    tenant_id: server.organization,
    user_id: randomUUID(),
    channel: 'email',
    subject: 'Ahoy',
    body: 'Would you like to sail?',
    target: { email: 'lead@example.com', name: 'Lea', external_ids: { crm_contact_id: 'C-1' } },
    schedule_at: days(1),
    sequence_id: null,
    step: 1,
  };
  const first = await key('POST', '/outreach/items', item);
  expect(first).toMatchObject({ status: 202, body: { id: item.id } });
  expect((await key('POST', '/outreach/items', item)).body).toEqual(first.body);
  const other = await key('POST', '/outreach/items', { ...item, body: 'Other' });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  const foreign = { ...item, id: randomUUID(), tenant_id: randomUUID() };
  const batch = await key('POST', '/outreach/items/batch', { items: [item, foreign, { id: 'x' }] });
  expect(batch.body.results.map((result: { status: string }) => result.status)).toEqual([
    'accepted',
    'rejected',
    'rejected',
  ]);
  const state = await key('GET', `/outreach/items/${item.id}`);
  expect(state.body).toMatchObject({
    status: 'scheduled',
    due_at: item.schedule_at,
    sent_at: null,
    error: null,
  });
});

test('an outreach item whose Liquid is broken is refused at the door, and its neighbours are taken', async () => {
  const item = (subject: string, body: string) => ({
    id: randomUUID(),
    tenant_id: server.organization,
    user_id: randomUUID(),
    channel: 'email',
    subject,
    body,
    target: { email: 'liv@example.com' },
  });
  const broken = item('Ahoy', 'Dear {{ firstName');
  expect(await key('POST', '/outreach/items', broken)).toMatchObject({
    status: 422,
    body: {
      code: 'invalid_request',
      errors: [{ path: 'body.body', message: expect.stringContaining('Line 1') }],
    },
  });
  expect((await key('GET', `/outreach/items/${broken.id}`)).status).toBe(404);
  const items = [
    item('{% if %}', 'x'),
    item('Ahoy', 'Dear {{ firstName }}'),
    { ...broken, tenant_id: randomUUID() },
  ];
  const { results } = (await key('POST', '/outreach/items/batch', { items })).body;
  expect(results).toMatchObject([
    { status: 'rejected', errors: [{ path: 'subject' }] },
    { status: 'accepted', id: items[1]?.id },
    { status: 'rejected', errors: [{ path: 'tenant_id' }] },
  ]);
});
