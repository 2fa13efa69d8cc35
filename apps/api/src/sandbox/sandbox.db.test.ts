import type { ConnectionId, MessageId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgSandboxInbox } from '@halyard/postgres/sandbox-inbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let editor: TestCaller;
let connectionId: ConnectionId;
beforeAll(async () => {
  server = await startTestServer();
  editor = await server.as('editor');
  const admin = await server.as('admin');
  const sandbox = { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} };
  connectionId = (await admin('POST', '/connections', sandbox)).body.id;
});
afterAll(() => server.stop());

/** A message that was sent over the sandbox and lies in its inbox. */
async function received(recipient: string): Promise<{ id: string; messageId: MessageId }> {
  const messageId = randomIds<MessageId>();
  await server.db.app.forOrg(server.organization, (tx) =>
    tx
      .insertInto('messages')
      .values({
        org_id: server.organization,
        id: messageId,
        source: 'api',
        class: 'marketing',
        channels: ['email'],
        channel: 'email',
        address: recipient,
        connection_id: connectionId,
        planned_at: new Date(),
        due_at: new Date(),
        sent_at: new Date(),
        status: 'sent',
      })
      .execute(),
  );
  await new PgSandboxInbox(server.db.worker).record(server.organization, {
    connectionId,
    messageId,
    idempotencyKey: messageId,
    channel: 'email',
    recipient,
    sender: 'hello@sandbox.halyard.test',
    subject: 'Ahoi',
    payload: {
      channel: 'email',
      from: { address: 'hello@sandbox.halyard.test' },
      to: { address: recipient },
      subject: 'Ahoi',
      html: '<p>Ahoi</p>',
      text: 'Ahoi',
      headers: {},
    },
    behaviour: 'deliver',
    arrivesAtTry: 1,
    reports: [],
    at: new Date(),
  });
  const { body } = await editor('GET', `/sandbox/inbox?message_id=${messageId}`);
  expect(body.items).toHaveLength(1);
  return { id: body.items[0].id, messageId };
}

const rowOf = async (id: MessageId) =>
  (await server.db.owner.query('select status, opened_at, clicked_at from messages where id = $1', [id]))
    .rows[0];

test('what would have arrived can be looked at', async () => {
  const { id, messageId } = await received('anna@example.com');
  expect((await editor('GET', '/sandbox/inbox?recipient=Anna@&channel=email')).body.items).toMatchObject([
    { id, message_id: messageId, subject: 'Ahoi', preview: 'Ahoi', recipient: 'anna@example.com', tries: 1 },
  ]);
  expect((await editor('GET', `/sandbox/inbox/${id}`)).body.payload).toMatchObject({ html: '<p>Ahoi</p>' });
});

test('a bounce by hand is one to the engine', async () => {
  const { id, messageId } = await received('ben@example.com');
  expect((await editor('POST', `/sandbox/inbox/${id}/actions`, { action: 'bounce' })).status).toBe(204);
  expect(await rowOf(messageId)).toMatchObject({ status: 'bounced' });
  const { rows } = await server.db.owner.query(
    `select reason from suppressions where address = 'ben@example.com'`,
  );
  expect(rows).toEqual([{ reason: 'hard_bounce' }]);
});

test('opening and clicking are noted, however soon: a person did it', async () => {
  const { id, messageId } = await received('clara@example.com');
  await editor('POST', `/sandbox/inbox/${id}/actions`, { action: 'open' });
  await editor('POST', `/sandbox/inbox/${id}/actions`, { action: 'click', url: 'https://school.example' });
  expect(await rowOf(messageId)).toMatchObject({ opened_at: expect.any(Date), clicked_at: expect.any(Date) });
});

test('every other action is taken', async () => {
  const { id } = await received('dora@example.com');
  for (const action of [
    { action: 'reply', text: 'Ja, gern' },
    { action: 'complain' },
    { action: 'unsubscribe' },
  ])
    expect((await editor('POST', `/sandbox/inbox/${id}/actions`, action)).status).toBe(204);
  expect((await editor('POST', `/sandbox/inbox/${id}/actions`, { action: 'sing' })).status).toBe(422);
});

test('the inbox is emptied', async () => {
  await received('emil@example.com');
  expect((await editor('DELETE', '/sandbox/inbox')).status).toBe(204);
  expect((await editor('GET', '/sandbox/inbox')).body.items).toEqual([]);
});
