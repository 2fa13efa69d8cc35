import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import type { FlowId } from '@halyard/core/ids';
import { publish } from '@halyard/postgres/testing/deciding';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** Why contacts did not enter a flow, wait in it, or left it: through the whole server, the loops running. */

let server: TestServer;
let api: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  api = await server.apiKey();
});
afterAll(() => server.stop());

const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
let flows = 0;

async function live(definition: Partial<FlowDefinitionInput>): Promise<FlowId> {
  flows++;
  const { flowId } = await publish(server.db, server.organization, `flow-${flows}`, {
    name: `Flow ${flows}`,
    trigger: { type: 'event', event: `test.began_${flows}` },
    reentry: 'once',
    steps: [{ id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P30D' } }],
    ...definition,
  });
  return flowId;
}

let people = 0;
async function person(attributes: object = {}): Promise<string> {
  people++;
  const { body } = await api('POST', '/contacts', { email: `p${people}@example.com`, attributes });
  return body.id;
}

const decided = () =>
  vi.waitFor(
    async () => {
      const { rows } = await server.db.owner.query('select count(*)::int as n from pending_events');
      expect(rows[0].n).toBe(0);
    },
    { timeout: 10_000, interval: 20 },
  );

async function happen(
  contactId: string,
  type: string,
  payload: object = {},
  more: object = {},
): Promise<string> {
  const { body, status } = await api('POST', '/events', { type, contact_id: contactId, payload, ...more });
  expect(status, JSON.stringify(body)).toBe(202);
  await decided();
  return body.id;
}

const begin = (contactId: string, payload: object = {}, more: object = {}) =>
  happen(contactId, `test.began_${flows}`, payload, more);

async function why(flowId: string, contact: string, more = '') {
  const { status, body } = await api(
    'GET',
    `/flows/${flowId}/explain?contact=${encodeURIComponent(contact)}${more}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const level = (value: number) => ({ field: 'contact.attributes.level', op: 'gte', value }) as const;

test('kept out by the filter: which comparison, the fact of then, and the smallest change', async () => {
  const flow = await live({
    trigger: { type: 'event', event: `test.began_${flows + 1}`, filter: { all: [level(3)] } },
  });
  const ann = await person({ level: 2 });
  const event = await begin(ann);
  const told = await why(flow, ann, `&event=${event}`);
  expect(told).toMatchObject({
    verdict: 'not_entered',
    reason: 'condition',
    event: { id: event },
    run: null,
    condition: {
      path: 'trigger.filter',
      holds: false,
      because: [{ field: 'contact.attributes.level', op: 'gte', value: 3, fact: 2, as_of: told.at }],
    },
    smallest_change: {
      changes: [{ kind: 'fact', field: 'contact.attributes.level', from: 2, to: 3 }],
      outcome: 'enters',
    },
  });
  // The flow takes whoever has what the change says.
  const bob = await person({ level: 3 });
  await begin(bob);
  expect(await why(flow, bob)).toMatchObject({ verdict: 'waiting' });
});

test('a fact that has changed since is told as one that is only known as it is now', async () => {
  const flow = await live({
    trigger: { type: 'event', event: `test.began_${flows + 1}`, filter: { all: [level(3)] } },
  });
  const ann = await person({ level: 2 });
  await begin(ann);
  await api('PATCH', `/contacts/${ann}`, { attributes: { level: 1 } });
  expect(await why(flow, ann)).toMatchObject({
    reason: 'condition',
    condition: { because: [{ fact: 1, as_of: 'now' }] },
  });
  await api('PATCH', `/contacts/${ann}`, { attributes: { level: 5 } });
  expect(await why(flow, ann)).toMatchObject({ verdict: 'not_entered', reason: 'unclear' });
});

test('bookings are rolled back to what they were', async () => {
  const flow = await live({
    trigger: {
      type: 'event',
      event: 'booking.created',
      filter: { field: 'subject.starts_at', op: 'within_next', value: 'P7D' },
    },
  });
  const made = await api('POST', '/bookings', {
    contact: { email: 'late@example.com' },
    starts_at: days(20),
    ends_at: days(21),
    time_zone: 'Europe/Berlin',
  });
  await decided();
  await api('POST', `/bookings/${made.body.id}/reschedule`, { starts_at: days(3) });
  await decided();
  const told = await why(flow, 'late@example.com');
  expect(told).toMatchObject({
    reason: 'condition',
    condition: {
      because: [{ field: 'subject.starts_at', as_of: told.at }],
    },
    smallest_change: { changes: [{ field: 'subject.starts_at' }], outcome: 'enters' },
  });
  const then = Date.parse(told.condition.because[0].fact);
  expect(Math.abs(then - Date.parse(made.body.starts_at))).toBeLessThan(1000);
});

test('kept out by re-entry: the run that holds its place, and what would get past it', async () => {
  const flow = await live({ reentry: 'once_per_subject' });
  const ann = await person();
  const course = { subject: { type: 'course', id: 'c1' } };
  await begin(ann, {}, course);
  const run = (await why(flow, ann)).run.id;
  await api('POST', `/flows/${flow}/stop`, { contact_ids: [ann], reason: 'enough' });
  await decided();
  expect(await why(flow, ann)).toMatchObject({ verdict: 'left', reason: 'stopped', run: { id: run } });
  const second = await begin(ann, {}, course);
  expect(await why(flow, ann)).toMatchObject({
    verdict: 'not_entered',
    reason: 'reentry',
    event: { id: second },
    run: { id: run },
    smallest_change: { changes: [{ kind: 'other_subject' }], outcome: 'enters' },
  });
  await begin(ann, {}, { subject: { type: 'course', id: 'c2' } });
  expect(await why(flow, ann)).toMatchObject({ verdict: 'waiting' });
});

test('nothing happened, the flow was paused, or was published too late', async () => {
  const bob = await person();
  await happen(bob, `test.began_${flows + 1}`);
  const flow = await live({});
  expect(await why(flow, bob)).toMatchObject({ reason: 'published_later' });
  const ann = await person();
  expect(await why(flow, ann)).toMatchObject({ verdict: 'not_entered', reason: 'no_occasion', event: null });
  await api('POST', `/flows/${flow}/pause`);
  await begin(ann);
  expect(await why(flow, ann)).toMatchObject({
    reason: 'flow_not_live',
    smallest_change: { changes: [{ kind: 'make_live' }], outcome: 'enters' },
  });
});

/** Through the routes, as people do it: what is live from when on goes on record. */
async function published(definition: object): Promise<FlowId> {
  const { body } = await api('POST', '/flows', { definition });
  await api('POST', `/flows/${body.id}/publish`, {});
  return body.id;
}

test('an event that came while the flow was paused is told so after the flow is live again', async () => {
  const began = `test.began_${++flows}`;
  const definition = {
    name: 'Paused for a while',
    trigger: { type: 'event', event: began, filter: { field: 'event.payload.n', op: 'gte', value: 3 } },
    steps: [{ id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P30D' } }],
  };
  const flow = await published(definition);
  const ann = await person();
  const whilePaused = async (n: number) => {
    await api('POST', `/flows/${flow}/pause`);
    const event = await happen(ann, began, { n });
    await api('POST', `/flows/${flow}/resume`);
    return why(flow, ann, `&event=${event}&locale=en`);
  };
  const told = await whilePaused(3);
  expect(told).toMatchObject({
    reason: 'flow_not_live',
    flow: { status: 'live' },
    flow_then: { status: 'paused', weights: { 1: 100 } },
    smallest_change: { changes: [{ kind: 'make_live' }], outcome: 'enters' },
  });
  expect(told.sentences[0]).toMatch(/took no contacts then: it was paused \(since /);
  expect(await whilePaused(2)).toMatchObject({
    reason: 'flow_not_live',
    condition: { path: 'trigger.filter' },
    smallest_change: { changes: [{ kind: 'make_live' }, { kind: 'fact', to: 3 }], outcome: 'enters' },
  });
});

test('an event is judged by the versions and weights of its moment, whatever they became', async () => {
  const began = `test.began_${++flows}`;
  const from = (value: number) => ({
    name: 'Weighed',
    trigger: { type: 'event', event: began, filter: { field: 'event.payload.n', op: 'gte', value } },
    steps: [{ id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P30D' } }],
  });
  const flow = await published(from(10));
  const ann = await person();
  await api('PATCH', `/flows/${flow}`, { definition: from(20) });
  await api('POST', `/flows/${flow}/publish`, {});
  await api('POST', `/flows/${flow}/rollback`, { version: 1 });
  const event = await happen(ann, began, { n: 5 });
  await api('PUT', `/flows/${flow}/weights`, { weights: [{ version: 2, weight: 100 }] });
  expect(await why(flow, ann, `&event=${event}`)).toMatchObject({
    reason: 'condition',
    flow_then: { status: 'live', weights: { 1: 100 } },
    smallest_change: { changes: [{ to: 10 }] },
  });
  const later = await happen(ann, began, { n: 5 });
  expect(await why(flow, ann, `&event=${later}`)).toMatchObject({
    flow_then: { weights: { 2: 100 } },
    smallest_change: { changes: [{ to: 20 }] },
  });
});

test('entered, and waits for a time, or for an event that came otherwise than awaited', async () => {
  const timed = await live({});
  const ann = await person();
  await begin(ann);
  const waits = await why(timed, ann);
  expect(waits).toMatchObject({ verdict: 'waiting', reason: 'time', step: 'rest', condition: null });
  expect(Date.parse(waits.until)).toBeGreaterThan(Date.now() + 29 * 86_400_000);

  const awaiting = await live({
    steps: [
      {
        id: 'pay',
        type: 'wait',
        wait: {
          for: 'event',
          event: 'order.paid',
          timeout: 'P30D',
          filter: { field: 'event.payload.amount', op: 'gte', value: 100 },
        },
      },
    ],
  });
  await begin(ann);
  expect(await why(awaiting, ann)).toMatchObject({
    reason: 'event',
    waiting_for: 'order.paid',
    condition: null,
  });
  const paid = await happen(ann, 'order.paid', { amount: 80 });
  expect(await why(awaiting, ann)).toMatchObject({
    verdict: 'waiting',
    reason: 'event',
    event: { id: paid },
    condition: { path: 'steps.0.wait.filter', because: [{ fact: 80 }] },
    smallest_change: { changes: [{ field: 'event.payload.amount', to: 100 }], outcome: 'goes_on' },
  });
  await happen(ann, 'order.paid', { amount: 100 });
  expect(await why(awaiting, ann)).toMatchObject({ verdict: 'left', reason: 'finished' });
});

test('left by its goal: which event, what it met, and what would have kept it', async () => {
  const flow = await live({
    goal: {
      name: 'bought',
      event: 'order.paid',
      condition: { field: 'event.payload.amount', op: 'gt', value: 50 },
    },
  });
  const ann = await person();
  await begin(ann);
  await happen(ann, 'order.paid', { amount: 50 });
  expect(await why(flow, ann)).toMatchObject({ verdict: 'waiting' });
  const paid = await happen(ann, 'order.paid', { amount: 80 });
  expect(await why(flow, ann)).toMatchObject({
    verdict: 'left',
    reason: 'goal',
    event: { id: paid },
    condition: { path: 'goal.condition', holds: true, because: [{ fact: 80, holds: true }] },
    smallest_change: { changes: [{ field: 'event.payload.amount', to: 50 }], outcome: 'stays' },
    path: expect.arrayContaining([expect.objectContaining({ rule: 'run_end', verdict: 'completed' })]),
  });
});

test('left at a branch: the facts of then, which a later change does not touch', async () => {
  const flow = await live({
    steps: [
      { id: 'who', type: 'branch', branches: [{ when: level(3), next: 'rest' }], next: 'bye' },
      { id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P30D' } },
      { id: 'bye', type: 'exit', reason: 'too low' },
    ],
  });
  const ann = await person({ level: 1 });
  await begin(ann);
  expect(await why(flow, ann)).toMatchObject({
    verdict: 'left',
    reason: 'exit_step',
    condition: { path: 'steps.0.branches.0.when', because: [{ fact: 1, holds: false }] },
    smallest_change: { changes: [{ field: 'contact.attributes.level', to: 3 }], outcome: 'other_way' },
  });
});

test('left with its booking, and a booking that stood would have kept it', async () => {
  const flow = await live({ trigger: { type: 'event', event: 'booking.created' }, reentry: 'always' });
  const { body } = await api('POST', '/bookings', {
    contact: { email: 'cancels@example.com' },
    starts_at: days(20),
    ends_at: days(21),
    time_zone: 'Europe/Berlin',
  });
  await decided();
  expect(await why(flow, 'cancels@example.com')).toMatchObject({ verdict: 'waiting' });
  await api('POST', `/bookings/${body.id}/cancel`, {});
  await decided();
  expect(await why(flow, 'cancels@example.com')).toMatchObject({
    verdict: 'left',
    reason: 'subject_cancelled',
    condition: { because: [{ field: 'subject.status', fact: 'cancelled' }] },
    smallest_change: { outcome: 'stays' },
  });
});

test('a schedule’s audience is told for whom it leaves out', async () => {
  const flow = await live({ trigger: { type: 'schedule', cron: '0 9 1 1 *', audience: level(3) } });
  const ann = await person({ level: 2 });
  expect(await why(flow, ann)).toMatchObject({
    reason: 'condition',
    condition: { path: 'trigger.audience' },
    smallest_change: { changes: [{ to: 3 }], outcome: 'enters' },
  });
});

test('an event that waits for its decision, or could not be decided, is told as such', async () => {
  const flow = await live({
    trigger: { type: 'event', event: `test.began_${flows + 1}`, filter: { all: [level(3)] } },
  });
  const ann = await person();
  const event = await begin(ann);
  const { owner } = server.db;
  await owner.query(
    `insert into pending_events (org_id, event_id, contact_id, not_before) values ($1, $2, $3, 'infinity')`,
    [server.organization, event, ann],
  );
  expect(await why(flow, ann)).toMatchObject({ verdict: 'undecided', reason: 'pending', condition: null });
  await owner.query('delete from pending_events where event_id = $1', [event]);
  await owner.query(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason)
     values ($1, gen_random_uuid(), 'failed_event', 'event', $2, 'test')`,
    [server.organization, event],
  );
  expect(await why(flow, ann)).toMatchObject({ verdict: 'undecided', reason: 'gave_up' });
});

test('a contact that was merged means the one it was merged into, and its facts are no longer sure', async () => {
  const flow = await live({
    trigger: { type: 'event', event: `test.began_${flows + 1}`, filter: { all: [level(3)] } },
  });
  const [ann, double] = [await person({ level: 1 }), await person()];
  await begin(ann);
  expect((await api('POST', `/contacts/${ann}/merge`, { other_id: double })).status).toBeLessThan(300);
  await decided();
  expect(await why(flow, double)).toMatchObject({
    contact_id: ann,
    reason: 'condition',
    condition: { because: [{ fact: 1, as_of: 'now' }] },
  });
});

test('told in the language that is asked for, by name or by header', async () => {
  const flow = await live({});
  const ann = await person();
  expect((await why(flow, ann)).sentences[0]).toMatch(/^Nothing has happened/);
  expect((await why(flow, ann, '&locale=de')).sentences[0]).toMatch(/^Bei diesem Kontakt/);
  const asked = await api('GET', `/flows/${flow}/explain?contact=${ann}`, undefined, {
    'accept-language': 'fr, de-CH;q=0.9, en;q=0.8',
  });
  expect(asked.body.locale).toBe('de');
});

test('whoever is not there, and events of others, are told as such', async () => {
  const flow = await live({});
  const [ann, bob] = [await person(), await person()];
  const event = await begin(bob);
  for (const query of ['contact=nobody@example.com', `contact=${ann}&event=${event}`]) {
    const answer = await api('GET', `/flows/${flow}/explain?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  }
  const stranger = await server.apiKey(undefined, await server.db.organization('Another school'));
  expect((await stranger('GET', `/flows/${flow}/explain?contact=${ann}`)).status).toBe(404);
  const own = await publish(server.db, await server.db.organization('A third'), 'own', {
    name: 'Own',
    trigger: { type: 'event', event: 'user.login' },
    steps: [{ id: 'bye', type: 'exit' }],
  });
  expect((await api('GET', `/flows/${own.flowId}/explain?contact=${ann}`)).status).toBe(404);
});
