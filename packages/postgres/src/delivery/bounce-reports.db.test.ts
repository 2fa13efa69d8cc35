import { ManualClock } from '@halyard/core/clock';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
  connection = await addConnection(db, school);
  contact = await addContact(db, school, { email: 'ada@example.com' });
  provider = new RecordingProvider();
  clock.set(new Date()); // after the connection was made, as every message is
});

const send = async () => {
  const id = await addMessage(db, school, contact, { at: clock.now(), class: 'transactional' });
  await testWorker(db, provider, clock).settle();
  return id;
};
const apply = (reports: ProviderReport[], through = connection, orgId = school) =>
  new ApplyReports(new PgReportStore(db.app), wakeups).apply(orgId, through, reports);
let counter = 0;
const bounced = (messageId: MessageId, given: Partial<ProviderReport> = {}): ProviderReport => ({
  key: `b${counter++}`,
  type: 'bounced',
  occurredAt: new Date(),
  channel: 'email',
  messageId,
  raw: {},
  ...given,
});
const suppressions = async () =>
  (await db.owner.query('select address, reason from suppressions where org_id = $1', [school])).rows;
const connectionRow = async () =>
  (await db.owner.query('select status, breaker_reason from connections where id = $1', [connection]))
    .rows[0];

test('what was refused for itself ends the message and spares the address', async () => {
  const id = await send();
  await apply([bounced(id, { refused: 'message', detail: '5.2.2: full' })]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'bounced' });
  expect(await suppressions()).toEqual([]);
  expect(await connectionRow()).toMatchObject({ status: 'active' });
});

describe('a bounce that refuses the sender', () => {
  const pausing = { refused: 'sender', detail: '5.7.1: blocked' } as const;

  test('pauses the connection, says why, and spares the address', async () => {
    await apply([bounced(await send(), pausing)]);
    expect(await connectionRow()).toEqual({ status: 'paused', breaker_reason: '5.7.1: blocked' });
    expect(await suppressions()).toEqual([]);
    const { rows } = await db.owner.query(
      `select changes from audit_log where org_id = $1 and action = 'connection.paused'`,
      [school],
    );
    expect(rows).toEqual([{ changes: { status: 'paused', reason: '5.7.1: blocked' } }]);
  });

  test('does not undo that somebody mended the connection since', async () => {
    const id = await send();
    await db.owner.query(`update connections set updated_at = now() + interval '1 minute' where id = $1`, [
      connection,
    ]);
    await apply([bounced(id, pausing)]);
    expect(await connectionRow()).toMatchObject({ status: 'active' });
    expect(await messageRow(db, id)).toMatchObject({ status: 'bounced' });
  });
});

describe('a report that nobody vouches for', () => {
  const unproven = (id: MessageId, address: string) => bounced(id, { address, unproven: true });

  test('counts for the message to that address, however it is written', async () => {
    const id = await send();
    expect(await apply([unproven(id, 'Ada@Example.com')])).toEqual({ applied: 1 });
    expect(await messageRow(db, id)).toMatchObject({ status: 'bounced' });
    expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'hard_bounce' }]);
  });

  test('does nothing, and leaves nothing, for another address, message, connection or organization', async () => {
    const id = await send();
    const forged = [
      unproven(id, 'ben@example.com'),
      unproven(randomIds(), 'ben@example.com'),
      unproven(id, ''),
    ];
    expect(await apply(forged)).toEqual({ applied: 0 });
    const backup = await addConnection(db, school);
    expect(await apply([unproven(id, 'ada@example.com')], backup)).toEqual({ applied: 0 });
    const other = await db.organization();
    const theirs = await addConnection(db, other);
    expect(await apply([unproven(id, 'ada@example.com')], theirs, other)).toEqual({ applied: 0 });
    expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
    const { rows } = await db.owner.query(
      'select address from suppressions where org_id = any ($1) union all select report_key from provider_reports where org_id = any ($1)',
      [[school, other]],
    );
    expect(rows).toEqual([]);
  });

  test('does nothing for a message that was never handed over', async () => {
    provider.answer = () => ({ kind: 'rejected', code: '550', detail: 'no' });
    const id = await send();
    expect(await apply([unproven(id, 'ada@example.com')])).toEqual({ applied: 0 });
    expect(await messageRow(db, id)).not.toMatchObject({ status: 'bounced' });
  });

  test('settles a message of which nobody knew whether it went out', async () => {
    provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: '' });
    const id = await send();
    await apply([unproven(id, 'ada@example.com')]);
    expect(await messageRow(db, id)).toMatchObject({ status: 'bounced' });
  });

  test('counts by the message alone when it names nobody', async () => {
    const id = await send();
    await apply([bounced(id, { type: 'complained', unproven: true })]);
    expect(await suppressions()).toEqual([{ address: 'ada@example.com', reason: 'complaint' }]);
  });
});
