import type { ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { SandboxArrival } from '@halyard/core/sandbox/sandbox-inbox';
import type { QueuedReport } from '@halyard/core/sandbox/sandbox-reports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgConnectionStore } from './connections.js';
import { PgSandboxInbox } from './sandbox-inbox.js';
import { PgSandboxReportQueue } from './sandbox-reports.js';
import { newConnection } from './testing/new-connection.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let inbox: PgSandboxInbox;
beforeAll(async () => {
  db = await openTestDatabase();
  inbox = new PgSandboxInbox(db.app);
});
afterAll(() => db.drop());

async function sandboxOf(orgId: OrgId): Promise<ConnectionId> {
  const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'connection.created' };
  return (await new PgConnectionStore(db.app).insert(orgId, newConnection(), audit)).id;
}

const arrival = (connectionId: ConnectionId, more: Partial<SandboxArrival> = {}): SandboxArrival => {
  const messageId = randomIds<MessageId>();
  return {
    connectionId,
    messageId,
    idempotencyKey: messageId,
    channel: 'sms',
    recipient: '+4917612345678',
    sender: '+15005550100',
    subject: null,
    payload: { channel: 'sms', from: '+15005550100', to: '+4917612345678', text: 'Moin' },
    behaviour: 'deliver',
    arrivesAtTry: 1,
    reports: [{ type: 'delivered' }],
    at: new Date('2026-05-01T09:00:00Z'),
    ...more,
  };
};

const drain = async (now = new Date('2026-05-01T09:00:01Z')): Promise<QueuedReport[]> => {
  const taken: QueuedReport[] = [];
  await new PgSandboxReportQueue(db.worker).take(now, 100, async (reports) => void taken.push(...reports));
  return taken;
};

test('the same key is one entry and one report, however often it comes', async () => {
  const orgId = await db.organization();
  const once = arrival(await sandboxOf(orgId), { arrivesAtTry: 2 });
  expect(await inbox.record(orgId, once)).toEqual({ arrived: false, alreadyArrived: false });
  expect((await inbox.list(orgId, { limit: 10 })).items).toEqual([]);
  expect(await inbox.record(orgId, once)).toEqual({ arrived: true, alreadyArrived: false });
  expect(await inbox.record(orgId, once)).toEqual({ arrived: true, alreadyArrived: true });
  const { items } = await inbox.list(orgId, { limit: 10 });
  expect(items).toMatchObject([{ message_id: once.messageId, tries: 3 }]);
  expect(await drain()).toMatchObject([{ orgId, report: { type: 'delivered', messageId: once.messageId } }]);
});

test('reports come in order, once they are due, and are gone when they were applied', async () => {
  const orgId = await db.organization();
  const complaint = arrival(await sandboxOf(orgId), {
    reports: [{ type: 'delivered' }, { type: 'complained', detail: 'told to' }],
  });
  await inbox.record(orgId, complaint);
  expect(await drain(new Date('2026-05-01T08:59:59Z'))).toEqual([]);
  const queue = new PgSandboxReportQueue(db.worker);
  const failing = queue.take(new Date('2026-05-01T09:00:01Z'), 100, () => Promise.reject(new Error('later')));
  await expect(failing).rejects.toThrow('later');
  expect((await drain()).map(({ report }) => report.type)).toEqual(['delivered', 'complained']);
  expect(await drain()).toEqual([]);
});

test('a report waits while the attempt is under way', async () => {
  const orgId = await db.organization();
  const sent = arrival(await sandboxOf(orgId));
  await db.app.forOrg(orgId, (tx) =>
    tx
      .insertInto('messages')
      .values({
        org_id: orgId,
        id: sent.messageId,
        source: 'api',
        class: 'service',
        channels: ['sms'],
        planned_at: new Date(),
        due_at: new Date(),
        status: 'sending',
      })
      .execute(),
  );
  await inbox.record(orgId, sent);
  expect(await drain()).toEqual([]);
  await db.app.forOrg(orgId, (tx) =>
    tx
      .updateTable('messages')
      .set({ status: 'sent' })
      .where('org_id', '=', orgId)
      .where('id', '=', sent.messageId)
      .execute(),
  );
  expect(await drain()).toHaveLength(1);
});

test('a list is filtered and goes from page to page', async () => {
  const orgId = await db.organization();
  const connectionId = await sandboxOf(orgId);
  for (let n = 0; n < 3; n++)
    await inbox.record(
      orgId,
      arrival(connectionId, { recipient: `+4917${n}`, at: new Date(Date.UTC(2026, 4, 1, 9, n)) }),
    );
  const recipients = (page: { items: { recipient: string }[] }) =>
    page.items.map(({ recipient }) => recipient);
  const first = await inbox.list(orgId, { limit: 2 });
  expect(recipients(first)).toEqual(['+49172', '+49171']);
  expect(recipients(await inbox.list(orgId, { limit: 2, cursor: first.next_cursor ?? '' }))).toEqual([
    '+49170',
  ]);
  expect(recipients(await inbox.list(orgId, { limit: 9, recipient: '+49171' }))).toEqual(['+49171']);
  expect(recipients(await inbox.list(orgId, { limit: 9, channel: 'email' }))).toEqual([]);
});

test('another organization sees nothing and clears nothing', async () => {
  const [orgId, other] = [await db.organization(), await db.organization('Another school')];
  await inbox.record(orgId, arrival(await sandboxOf(orgId)));
  const [message] = (await inbox.list(orgId, { limit: 1 })).items;
  expect((await inbox.list(other, { limit: 10 })).items).toEqual([]);
  expect(await inbox.find(other, message?.id ?? '')).toBeNull();
  await inbox.clear(other);
  expect(await inbox.find(orgId, message?.id ?? '')).toMatchObject({ payload: { text: 'Moin' } });
  await inbox.clear(orgId);
  expect((await inbox.list(orgId, { limit: 10 })).items).toEqual([]);
});
