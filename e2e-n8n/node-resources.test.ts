import { randomUUID } from 'node:crypto';
import type { N8nNode } from '@halyard/cli/n8n/workflow';
import { beforeAll, expect, test } from 'vitest';
import { bringNodes, callHook, executions, halyard, scene } from './stage.ts';

/** Every resource of the Halyard node in one workflow of the real n8n: each node goes on with what the one before gave. */

const [course, module, lesson, item] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const of = (node: string, path: string) => `={{ $('${node}').first().json.${path} }}`;
const contactId = of('Contact', 'contact.id');

type Step = [name: string, parameters: Record<string, unknown>];

const steps = (organization: string, flow: string): Step[] => [
  ['Contact', { resource: 'contact', operation: 'upsert', email: 'resources@mail.example' }],
  [
    'Consent',
    {
      resource: 'contact',
      operation: 'recordConsent',
      contactId,
      state: 'granted',
      channel: '*',
      topic: '*',
    },
  ],
  [
    'Event',
    {
      resource: 'event',
      operation: 'send',
      type: 'resources.tried',
      contactBy: 'id',
      contactId,
      payload: '={{ { a: 1 } }}',
    },
  ],
  [
    'Events',
    { resource: 'event', operation: 'sendBatch', type: 'Not a type', contactBy: 'none', quarantine: true },
  ],
  ['Review items', { resource: 'reviewItem', operation: 'getAll', returnAll: true }],
  ['Resolved', { resource: 'reviewItem', operation: 'resolve', reviewItemId: of('Review items', 'id') }],
  [
    'Booking',
    {
      resource: 'booking',
      operation: 'create',
      contactBy: 'id',
      contactId,
      startsAt: '2040-05-01T09:00:00',
      endsAt: '2040-05-01T12:00:00',
      additionalFields: { timeZone: 'Europe/Berlin' },
    },
  ],
  [
    'Moved',
    {
      resource: 'booking',
      operation: 'reschedule',
      bookingId: of('Booking', 'id'),
      startsAt: '2040-05-02T09:00:00+02:00',
    },
  ],
  ['Cancelled', { resource: 'booking', operation: 'cancel', bookingId: of('Booking', 'id') }],
  [
    'Pushed',
    {
      resource: 'outreachItem',
      operation: 'push',
      specify: 'fields',
      itemId: item,
      tenantId: organization,
      userId: randomUUID(),
      channel: 'email',
      subject: 'Tried',
      body: 'Every resource',
      target: '{ "email": "resources@mail.example" }',
    },
  ],
  ['Item', { resource: 'outreachItem', operation: 'get', itemId: item }],
  ['Started', { resource: 'flow', operation: 'start', flowId: flow, contactIds: contactId }],
  ['Why', { resource: 'flow', operation: 'explain', flowId: flow, contact: 'resources@mail.example' }],
  ['Calls', { resource: 'flowStep', operation: 'getAll', limit: 1 }],
  [
    'Message',
    {
      resource: 'message',
      operation: 'send',
      contactBy: 'id',
      contactId,
      contentFrom: 'text',
      subject: 'Tried',
      body: 'Hello',
      class: 'transactional',
    },
  ],
  ['Explained', { resource: 'message', operation: 'explain', messageId: of('Message', 'id') }],
  [
    'Permit',
    {
      resource: 'sendPermit',
      operation: 'request',
      key: item,
      contactBy: 'id',
      contactId,
      channel: 'email',
      class: 'transactional',
    },
  ],
  [
    'Reported',
    {
      resource: 'sendPermit',
      operation: 'reportOutcome',
      attemptId: of('Permit', 'attempt_id'),
      outcome: 'sent',
    },
  ],
  [
    'Course',
    {
      resource: 'academy',
      operation: 'upsertCourse',
      courseId: course,
      name: 'Knots',
      additionalFields: {
        modules: JSON.stringify([{ id: module, name: 'One', lessons: [{ id: lesson, name: 'Bowline' }] }]),
      },
    },
  ],
  ['Enrolled', { resource: 'academy', operation: 'enroll', courseId: course, contactBy: 'id', contactId }],
  [
    'Progress',
    {
      resource: 'academy',
      operation: 'updateProgress',
      enrollmentId: of('Enrolled', 'id'),
      whatHasCome: 'percent',
      completedPercent: 50,
    },
  ],
  ['Failure', { resource: 'alert', operation: 'reportError', service: 'e2e', message: 'Tried' }],
  ['Alerts', { resource: 'alert', operation: 'getAll', returnAll: true }],
  ['Campaigns', { resource: 'campaign', operation: 'getDueToday', returnAll: true }],
  ['Key', { resource: 'apiKey', operation: 'getOwn' }],
  ['Call', { resource: 'apiCall', operation: 'request', method: 'GET', path: '/organization' }],
];

const node = ([name, parameters]: Step, n: number): N8nNode => ({
  name,
  type: 'n8n-nodes-halyard.halyard',
  typeVersion: 1,
  position: [240 * (n + 1), 0],
  parameters,
  credentials: { halyardApi: { name: 'Halyard' } },
  // A list may be empty, and the chain goes on.
  alwaysOutputData: true,
  executeOnce: true,
});

let run: { node: string; items: Record<string, unknown>[] }[];
const itemsOf = (name: string) => run.find((one) => one.node === name)?.items;

beforeAll(async () => {
  const organization = (await halyard('GET', '/organization')).body.id;
  const flow = (await halyard('GET', '/flows?status=live')).body.items[0].id;
  const nodes = steps(organization, flow).map(node);
  const hook: N8nNode = {
    name: 'Hook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2.1,
    position: [0, 0],
    parameters: { path: 'every-resource', httpMethod: 'POST', responseMode: 'lastNode' },
  };
  const chain = [hook, ...nodes];
  const links = chain
    .slice(0, -1)
    .map(({ name }, n) => [name, { main: [[{ node: chain[n + 1]?.name, type: 'main', index: 0 }]] }]);
  const id = await bringNodes('Every resource', chain, Object.fromEntries(links));
  await callHook('every-resource', {});
  const [execution] = await executions(id, 1);
  const { runData, error } = execution?.data.resultData ?? {};
  expect(error?.message).toBeUndefined();
  run = nodes.map(({ name }) => ({
    node: name,
    items: runData?.[name]?.[0]?.data?.main[0]?.map(({ json }) => json) ?? [],
  }));
}, 90_000);

test.each([
  ['Contact', { outcome: 'created' }],
  ['Consent', { state: 'granted' }],
  ['Event', { duplicate: false }],
  ['Events', { status: 'rejected' }],
  ['Resolved', { status: 'resolved' }],
  ['Booking', { starts_at: expect.any(String), status: 'confirmed' }],
  ['Moved', { starts_at: '2040-05-02T07:00:00.000Z' }],
  ['Cancelled', { status: 'cancelled' }],
  ['Item', { id: item }],
  ['Started', { requested: 1 }],
  ['Why', { verdict: expect.any(String) }],
  ['Explained', { message: expect.objectContaining({ class: 'transactional' }) }],
  ['Permit', { verdict: 'granted' }],
  ['Reported', { outcome: 'accepted' }],
  ['Course', { name: 'Knots' }],
  ['Enrolled', { status: 'active' }],
  ['Progress', { completed_percent: 50 }],
  ['Failure', { status: 'open', service: 'e2e' }],
  ['Key', { start: scene.halyard.apiKey.slice(0, 10), expires_at: null }],
  ['Call', { name: expect.any(String) }],
])('%s did what it says', (name, expected) => {
  expect(itemsOf(name)?.[0]).toMatchObject(expected);
});
