import { ManualClock } from '@halyard/core/clock';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, ContactId, OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  RecordingProvider,
  testWorker,
} from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgReportStore } from './report-store.js';

let db: TestDatabase;
let school: OrgId;
let connection: ConnectionId;
let contact: ContactId;
let provider: RecordingProvider;
const clock = new ManualClock(new Date());
const wakeups = { poke: () => {}, listen: () => () => {} };
const phone = '+4915112345678';
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock.set(new Date());
  school = await db.organization();
  connection = await addConnection(db, school);
  contact = await addContact(db, school, { email: 'ada@example.com', phone });
  provider = new RecordingProvider();
});

const apply = (reports: ProviderReport[], orgId = school) =>
  new ApplyReports(new PgReportStore(db.app), wakeups).apply(orgId, connection, reports);
let counter = 0;
const report = (given: Partial<ProviderReport> & { type: ProviderReport['type'] }): ProviderReport => ({
  key: `r${counter++}`,
  occurredAt: new Date(),
  channel: 'email',
  raw: {},
  ...given,
});
const inbound = (text: string, given: Partial<ProviderReport> = {}) =>
  report({ type: 'inbound', channel: 'sms', address: phone.slice(1), text, ...given });
const send = async (more = {}) => {
  const id = await addMessage(db, school, contact, { at: clock.now(), class: 'transactional', ...more });
  await testWorker(db, provider, clock).settle();
  return id;
};
const eventTypes = async (id: string) =>
  (await db.owner.query('select type from events where subject_id = $1 order by type', [id])).rows.map(
    (r) => r.type,
  );
const suppressions = async () =>
  (await db.owner.query('select address, reason from suppressions where org_id = $1', [school])).rows;

test('a delivery report moves the message forward, found by the provider’s id', async () => {
  const id = await send();
  const { provider_message_id } = await messageRow(db, id);
  const at = new Date();
  await apply([report({ type: 'delivered', providerMessageId: provider_message_id, occurredAt: at })]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'delivered', delivered_at: at });
  expect(await eventTypes(id)).toEqual(['message.delivered', 'message.sent']);
});

test('a report that is quicker than the record of the call is applied with it', async () => {
  provider.answer = async () => {
    await apply([report({ type: 'delivered', providerMessageId: 'quick' })]);
    return { kind: 'accepted', providerMessageId: 'quick' };
  };
  const id = await send();
  expect(await messageRow(db, id)).toMatchObject({ status: 'delivered' });
  expect(await eventTypes(id)).toEqual(['message.delivered', 'message.sent']);
});

test('a report that comes while the call is being recorded is not missed', async () => {
  await db.owner.query('update connections set breaker_failures = 1 where id = $1', [connection]);
  const other = await db.owner.connect();
  const waiting = async () =>
    (
      await db.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rowCount ?? 0;
  provider.answer = async () => {
    // The last thing that recording does is to move the breaker: there it is held up.
    await other.query('begin');
    await other.query('select from connections where id = $1 for no key update', [connection]);
    return { kind: 'accepted', providerMessageId: 'meeting' };
  };
  const sent = send();
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0));
  const reported = apply([report({ type: 'delivered', providerMessageId: 'meeting' })]);
  await Promise.race([reported, vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(1))]);
  await other.query('rollback');
  other.release();
  const id = await sent;
  await reported;
  expect(await messageRow(db, id)).toMatchObject({ status: 'delivered' });
});

test('a hard bounce ends the message and suppresses the address; nothing is sent there again', async () => {
  const id = await send();
  await apply([report({ type: 'bounced', messageId: id, detail: '550 no such user' })]);
  await apply([report({ type: 'delivered', messageId: id })]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'bounced' });
  expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'hard_bounce' }]);
  const next = await send();
  expect(await messageRow(db, next)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
});

test('the third message that bounces softly suppresses the address', async () => {
  for (let n = 0; n < 3; n++) {
    expect(await suppressions()).toEqual([]);
    const id = await send();
    await apply([
      report({ type: 'soft_bounced', messageId: id }),
      report({ type: 'soft_bounced', messageId: id }),
    ]);
    expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
  }
  expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'soft_bounces' }]);
});

test('so it does at an address that is no contact’s', async () => {
  for (let n = 0; n < 3; n++) {
    expect(await suppressions()).toEqual([]);
    const id = await send();
    // As an outreach item to an address alone leaves it.
    await db.owner.query('update messages set contact_id = null where id = $1', [id]);
    await apply([report({ type: 'soft_bounced', messageId: id })]);
  }
  expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'soft_bounces' }]);
});

test('a complaint suppresses and withdraws the consent', async () => {
  const id = await send();
  await apply([report({ type: 'complained', messageId: id })]);
  expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'complaint' }]);
  const { rows } = await db.owner.query('select state, source from consents where contact_id = $1', [
    contact,
  ]);
  expect(rows).toEqual([{ state: 'withdrawn', source: 'complaint' }]);
});

test('a report resolves a send of which nobody knew, and closes its review item', async () => {
  provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: '' });
  const id = await send();
  expect(await messageRow(db, id)).toMatchObject({ status: 'unknown' });
  const attemptId = provider.requests[0]?.attemptId;
  await apply([report({ type: 'delivered', ...(attemptId && { attemptId }) })]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'delivered' });
  const { rows } = await db.owner.query('select status from review_items where subject_id = $1', [id]);
  expect(rows).toEqual([{ status: 'resolved' }]);
});

test('opens and clicks count, but not those of machines', async () => {
  const id = await send();
  const sentAt = clock.now().getTime();
  const after = (seconds: number) => new Date(sentAt + seconds * 1000);
  await apply([report({ type: 'clicked', messageId: id, occurredAt: after(1) })]);
  expect(await messageRow(db, id)).toMatchObject({ clicked_at: null, opened_at: null });
  await apply([report({ type: 'clicked', messageId: id, occurredAt: after(60) })]);
  expect(await messageRow(db, id)).toMatchObject({ clicked_at: after(60), opened_at: after(60) });
});

test('STOP suppresses the number, withdraws consent and is confirmed once; START takes it back', async () => {
  await apply([inbound('Stopp!')]);
  await apply([inbound('STOP')]);
  expect(await suppressions()).toEqual([{ address: phone, reason: 'stop' }]);
  await testWorker(db, provider, clock).settle();
  clock.set(new Date(Date.now() + 1000));
  await testWorker(db, provider, clock).settle();
  expect(provider.sentTo).toEqual([phone]);
  const marketing = await addMessage(db, school, contact, { at: clock.now(), channels: ['sms'] });
  await testWorker(db, provider, clock).settle();
  expect(await messageRow(db, marketing)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
  await apply([inbound('start')]);
  expect(await suppressions()).toEqual([]);
  const { rows } = await db.owner.query('select state from consents where contact_id = $1 order by seq', [
    contact,
  ]);
  expect(rows.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'granted']);
});

test('a START that comes in after a later STOP changes nothing', async () => {
  const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000);
  await apply([inbound('STOP', { occurredAt: at(10) })]);
  await apply([inbound('START', { occurredAt: at(5) })]);
  expect(await suppressions()).toEqual([{ address: phone, reason: 'stop' }]);
});

test('an answer is recorded with the message that it answers, for flows to wait for', async () => {
  const id = await send({ channels: ['sms'] });
  await apply([inbound('Please do not stop')]);
  expect(await eventTypes(id)).toEqual(['message.replied', 'message.sent']);
  expect(await suppressions()).toEqual([]);
});

test('reports of another organization move nothing here', async () => {
  const id = await send();
  const other = await db.organization('Another school');
  connection = await addConnection(db, other);
  await apply([report({ type: 'bounced', messageId: id, address: 'ada@example.com' })], other);
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
  expect(await suppressions()).toEqual([]);
});
