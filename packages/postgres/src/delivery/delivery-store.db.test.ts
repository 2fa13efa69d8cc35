import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readDetail } from '../messages/message-detail.js';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  RecordingProvider,
  setPolicy,
  testWorker,
} from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
let provider: RecordingProvider;
const noon = new Date('2026-06-01T10:00:00Z');
let clock: ManualClock;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.owner.query('delete from messages');
  school = await db.organization();
  provider = new RecordingProvider();
  clock = new ManualClock(noon);
});

const minutes = (n: number) => new Date(noon.getTime() + n * 60_000);
const decisionsOf = async (id: string) =>
  (
    await db.owner.query('select rule, verdict, facts from decisions where message_id = $1 order by at, id', [
      id,
    ])
  ).rows;
const eventsOf = async (id: string) =>
  (await db.owner.query('select type from events where subject_id = $1 order by recorded_at', [id])).rows.map(
    (row) => row.type,
  );
const reviewsOf = async (id: string) =>
  (await db.owner.query('select kind, reason from review_items where subject_id = $1', [id])).rows;

test('a due message is sent once, with its attempt, payload, decision and event', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  await testWorker(db, provider, clock).settle();
  expect(provider.sentTo).toEqual(['ada@example.com']);
  expect(await messageRow(db, id)).toMatchObject({
    status: 'sent',
    channel: 'email',
    address: 'ada@example.com',
    sent_at: noon,
    lease_until: null,
    tries: 1,
  });
  const attempt = await db.owner.query('select checks from attempts where message_id = $1', [id]);
  expect(attempt.rows[0].checks).toContain('address@email');
  expect(await eventsOf(id)).toEqual(['message.sent']);
  const { rows } = await db.owner.query('select payload::json from message_payloads where message_id = $1', [
    id,
  ]);
  expect(rows[0].payload).toEqual(provider.requests[0]?.payload);
});

test('the decision to send is told with the others, from its attempt', async () => {
  await addConnection(db, school);
  await setPolicy(db, school, { rates: { organization: 1 } });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  for (let n = 0; n < 2; n++) await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  clock.advance(1_000);
  await worker.settle();
  const second = provider.requests[1];
  const detail = second && (await db.app.forOrg(school, (tx) => readDetail(tx, school, second.messageId)));
  expect(detail?.decisions).toMatchObject([
    { rule: 'rates', verdict: 'defer' },
    {
      rule: 'release',
      verdict: 'send',
      facts: {
        channel: 'email',
        attempt_id: second?.attemptId,
        checks: expect.arrayContaining([{ rule: 'address', verdict: 'pass', facts: { channel: 'email' } }]),
      },
    },
  ]);
});

test.each([
  { total: 12, perOrganization: 48, perConnection: 48 },
  { total: 40, perOrganization: 7, perConnection: 48 },
  { total: 40, perOrganization: 48, perConnection: 7 },
])(
  'rounds that overlap never have more calls under way than $total, $perOrganization of an organization, $perConnection at a connection',
  async (places) => {
    const other = await db.organization('Other school');
    for (const org of [school, other]) await addConnection(db, org);
    const answer = Promise.withResolvers<{ kind: 'accepted' }>();
    provider.answer = () => answer.promise;
    for (const org of [school, other]) {
      const contact = await addContact(db, org, { email: `${org}@example.com` });
      for (let n = 0; n < 20; n++) await addMessage(db, org, contact, { at: noon });
    }
    const worker = testWorker(db, provider, clock, { limits: { ...places, sendTimeoutMs: 60_000 } });
    const rounds = () => Promise.all([1, 2].map(() => worker.deliver.round(1, 10)));
    await rounds();
    const most = Math.min(places.perOrganization, places.perConnection);
    expect(provider.requests.length).toBeGreaterThan(10);
    expect(provider.requests.length).toBeLessThanOrEqual(places.total);
    for (const [, ofOne] of Map.groupBy(provider.requests, ({ orgId }) => orgId))
      expect(ofOne.length).toBeLessThanOrEqual(most);
    answer.resolve({ kind: 'accepted' });
    for (let n = 0; n < 10; n++) {
      await worker.deliver.drain();
      clock.advance(1_000);
      await rounds();
    }
    const sent = provider.requests.map(({ messageId }) => messageId);
    expect(sent).toHaveLength(40);
    expect(new Set(sent).size).toBe(40);
  },
);

test('what overlapping rounds had committed when their worker died is taken over once', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  for (let n = 0; n < 30; n++) await addMessage(db, school, contact, { at: noon });
  const lost = new RecordingProvider();
  lost.answer = () => Promise.withResolvers<{ kind: 'accepted' }>().promise;
  const dying = testWorker(db, lost, clock, { owner: 'dying' });
  await Promise.all([1, 2].map(() => dying.deliver.round(1, 10)));
  const heirs = [1, 2].map(() => testWorker(db, provider, clock));
  for (const { settle } of heirs) await settle();
  clock.advance(46_000);
  await Promise.all(heirs.map(({ recover }) => recover.round(100)));
  for (const { settle } of heirs) await settle();
  const { rows } = await db.owner.query(
    `select status, count(*)::int as n from messages group by status order by status`,
  );
  expect(rows).toEqual([
    { status: 'sent', n: provider.requests.length },
    { status: 'unknown', n: lost.requests.length },
  ]);
  const touched = [...lost.requests, ...provider.requests].map(({ messageId }) => messageId);
  expect(touched).toHaveLength(30);
  expect(new Set(touched).size).toBe(30);
});

test('what is not due yet stays, and the loop is told when it will be', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: minutes(5) });
  const round = await testWorker(db, provider, clock).deliver.round(1, 100);
  expect(round).toEqual({ claimed: 0, nextDueAt: minutes(5) });
  expect(await messageRow(db, id)).toMatchObject({ status: 'scheduled', tries: 0 });
});

test('the opted-out and the suppressed are skipped, and the decision says what would have to differ', async () => {
  await addConnection(db, school);
  const worker = testWorker(db, provider, clock);
  const optedOut = await addContact(db, school, { email: 'out@example.com' });
  await db.owner.query(
    `insert into consents (org_id, id, contact_id, channel, state, source)
     values ($1, gen_random_uuid(), $2, 'email', 'withdrawn', 'test')`,
    [school, optedOut],
  );
  const suppressed = await addContact(db, school, { email: 'gone@example.com' });
  await db.owner.query(
    `insert into suppressions (org_id, channel, address_hash, reason, source)
     values ($1, 'email', sha256(convert_to(E'email\\ngone@example.com', 'UTF8')), 'hard_bounce', 'test')`,
    [school],
  );
  const first = await addMessage(db, school, optedOut, { at: noon });
  const second = await addMessage(db, school, suppressed, { at: noon, class: 'transactional' });
  await worker.settle();
  expect(provider.requests).toEqual([]);
  expect(await messageRow(db, first)).toMatchObject({ status: 'skipped', reason: 'opted_out' });
  expect(await messageRow(db, second)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
  expect(await decisionsOf(first)).toMatchObject([
    { rule: 'consent', verdict: 'skipped', facts: { checks: expect.arrayContaining([]) } },
  ]);
});

test('a rejected message goes to the next connection, then to the next channel, then fails', async () => {
  await addConnection(db, school, { channels: ['email'], priority: 1 });
  await addConnection(db, school, { channels: ['email'], priority: 2 });
  await addConnection(db, school, { channels: ['sms'] });
  provider.answer = () => ({ kind: 'rejected', code: '550', detail: 'no' });
  const contact = await addContact(db, school, { email: 'ada@example.com', phone: '+4915112345678' });
  const id = await addMessage(db, school, contact, {
    at: noon,
    class: 'transactional',
    channels: ['email', 'sms'],
  });
  await testWorker(db, provider, clock).settle();
  expect(provider.sentTo).toEqual(['ada@example.com', 'ada@example.com', '+4915112345678']);
  expect(await messageRow(db, id)).toMatchObject({ status: 'failed', reason: 'rejected', released_at: null });
  expect(await eventsOf(id)).toEqual(['message.failed']);
});

test('an invalid address is suppressed', async () => {
  await addConnection(db, school);
  provider.answer = () => ({ kind: 'rejected', code: '550', detail: 'unknown user', invalidAddress: true });
  const contact = await addContact(db, school, { email: 'typo@example.con' });
  const id = await addMessage(db, school, contact, { at: noon });
  await testWorker(db, provider, clock).settle();
  expect(await messageRow(db, id)).toMatchObject({ status: 'failed' });
  const { rows } = await db.owner.query('select reason, address from suppressions where org_id = $1', [
    school,
  ]);
  expect(rows).toEqual([{ reason: 'invalid', address: 'typo@example.con' }]);
});

test('a connection whose account is refused is paused; its messages wait until it is mended', async () => {
  const connection = await addConnection(db, school);
  provider.answer = () => ({ kind: 'rejected', code: '401', detail: 'bad key', pauseConnection: true });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  const { rows } = await db.owner.query('select status, breaker_reason from connections where id = $1', [
    connection,
  ]);
  expect(rows).toEqual([{ status: 'paused', breaker_reason: 'bad key' }]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'scheduled', reason: 'no_connection' });
  await db.owner.query(`update connections set status = 'active' where id = $1`, [connection]);
  provider.answer = () => ({ kind: 'accepted' });
  clock.advance(3_600_000);
  await worker.settle();
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
});

test('a throttled message waits as long as the provider said, and so does its connection', async () => {
  await addConnection(db, school);
  provider.answer = () => ({ kind: 'throttled', retryAfterMs: 120_000, detail: 'slow down' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const first = await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  expect(await messageRow(db, first)).toMatchObject({
    status: 'scheduled',
    reason: 'throttled',
    due_at: minutes(2),
  });
  const second = await addMessage(db, school, contact, { at: noon });
  await worker.settle();
  expect(provider.requests).toHaveLength(1);
  expect(await messageRow(db, second)).toMatchObject({ due_at: minutes(2), reason: 'rates' });
  clock.set(minutes(2));
  provider.answer = () => ({ kind: 'accepted' });
  await worker.settle();
  expect(await messageRow(db, second)).toMatchObject({ status: 'sent' });
});

test('what fails before sending is tried again with growing pauses, then shown to a person', async () => {
  await addConnection(db, school);
  provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: 'refused' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon, class: 'transactional' });
  const worker = testWorker(db, provider, clock);
  for (let hour = 0; hour < 24; hour++) {
    await worker.settle();
    clock.advance(3_600_000);
  }
  expect(await messageRow(db, id)).toMatchObject({ status: 'dead', reason: 'ECONNREFUSED' });
  expect(provider.requests).toHaveLength(6);
  expect(await reviewsOf(id)).toEqual([{ kind: 'dead_message', reason: 'ECONNREFUSED' }]);
});

test('the breaker opens after failures in a row, lets one message probe, and closes', async () => {
  await addConnection(db, school);
  provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: 'refused' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const more = { class: 'transactional' as const };
  const ids = [];
  for (let n = 0; n < 5; n++) ids.push(await addMessage(db, school, contact, { at: noon, ...more }));
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  expect(provider.requests).toHaveLength(5);
  const late = await addMessage(db, school, contact, { at: noon, ...more });
  await worker.settle();
  expect(await messageRow(db, late)).toMatchObject({ status: 'scheduled', reason: 'breaker_open' });
  expect(provider.requests).toHaveLength(5);
  provider.answer = () => ({ kind: 'accepted' });
  clock.advance(11_000);
  await worker.deliver.round(0, 100);
  await worker.deliver.drain();
  expect(provider.requests).toHaveLength(6); // one probe, the others wait for what it finds
  clock.advance(61_000);
  await worker.settle();
  const { rows } = await db.owner.query(`select status from messages where org_id = $1`, [school]);
  expect(rows.every(({ status }) => status === 'sent')).toBe(true);
});

test('an unknown send is repeated with the same key and bytes, where the provider knows keys', async () => {
  await addConnection(db, school);
  provider.onUnknown = { kind: 'retry_same_key', keyWindowMs: 86_400_000 };
  provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  await db.owner.query(`update messages set content = '{"body": "changed since"}' where id = $1`, [id]);
  provider.answer = () => ({ kind: 'accepted', providerMessageId: 'p1' });
  clock.advance(60_000);
  await worker.settle();
  const [first, second] = provider.requests;
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  expect(second?.payload).toEqual(first?.payload);
  expect(second?.attemptId).not.toBe(first?.attemptId);
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent', provider_message_id: 'p1' });
});

test('an unknown send is never repeated where nobody knows a key: a person is asked', async () => {
  await addConnection(db, school);
  provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  clock.advance(30 * 86_400_000);
  await worker.recover.round(100);
  await worker.settle();
  expect(provider.requests).toHaveLength(1);
  expect(await messageRow(db, id)).toMatchObject({ status: 'unknown', reason: 'no_answer' });
  expect(await reviewsOf(id)).toEqual([{ kind: 'unknown_message', reason: 'no_answer' }]);
});

test('a report is awaited for a day, then a person is asked once', async () => {
  await addConnection(db, school);
  provider.onUnknown = { kind: 'await_report' };
  provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  await worker.recover.round(100);
  expect(await reviewsOf(id)).toEqual([]);
  clock.advance(25 * 3_600_000);
  await worker.recover.round(100);
  await worker.recover.round(100);
  expect(await reviewsOf(id)).toEqual([{ kind: 'unknown_message', reason: 'no_report' }]);
});

test('a worker that dies between intent and answer never makes the message go out twice', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  provider.answer = () => new Promise(() => {}); // the call that nobody waits for any more
  await testWorker(db, provider, clock, { owner: 'killed' }).deliver.round(1, 100);
  expect(await messageRow(db, id)).toMatchObject({ status: 'sending', lease_owner: 'killed' });
  const heir = new RecordingProvider();
  const worker = testWorker(db, heir, clock);
  clock.advance(60_000);
  await worker.recover.round(100);
  await worker.settle();
  expect(heir.requests).toEqual([]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'unknown', lease_owner: null });
});

test('where the provider knows our key, the heir repeats the dead worker’s call as it was', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  provider.answer = () => new Promise(() => {});
  await testWorker(db, provider, clock, { owner: 'killed' }).deliver.round(1, 100);
  const heir = new RecordingProvider();
  heir.onUnknown = { kind: 'retry_same_key', keyWindowMs: 86_400_000 };
  const worker = testWorker(db, heir, clock);
  clock.advance(60_000);
  await worker.recover.round(100);
  clock.advance(60_000);
  await worker.settle();
  expect(heir.requests.map((request) => request.idempotencyKey)).toEqual(
    provider.requests.map((request) => request.idempotencyKey),
  );
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
});

test('a late answer of a worker that was taken for dead still counts', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const id = await addMessage(db, school, contact, { at: noon });
  const call = Promise.withResolvers<{ kind: 'accepted'; providerMessageId: string }>();
  provider.answer = () => call.promise;
  const slow = testWorker(db, provider, clock);
  await slow.deliver.round(1, 100);
  clock.advance(60_000);
  await testWorker(db, new RecordingProvider(), clock).recover.round(100);
  expect(await messageRow(db, id)).toMatchObject({ status: 'unknown' });
  call.resolve({ kind: 'accepted', providerMessageId: 'late' });
  await slow.deliver.drain();
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent', provider_message_id: 'late' });
});

test('a message about a booking waits until its plan is up to date, and ends with a cancelled booking', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const booking = '00000000-0000-7000-8000-0000000000b1';
  await db.owner.query(
    `insert into bookings (org_id, id, contact_id, starts_at, ends_at, time_zone, revision)
     values ($1, $2, $3, now(), now(), 'Europe/Berlin', 2)`,
    [school, booking, contact],
  );
  const about = (revision: number) => ({
    at: noon,
    class: 'transactional' as const,
    more: { source: 'flow' as const, subject: { type: 'booking', id: booking, revision } },
  });
  const stale = await addMessage(db, school, contact, about(1));
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  expect(await messageRow(db, stale)).toMatchObject({ status: 'scheduled', reason: 'plan_current' });
  await db.owner.query(`update bookings set status = 'cancelled' where id = $1`, [booking]);
  const current = await addMessage(db, school, contact, about(2));
  await worker.settle();
  expect(await messageRow(db, current)).toMatchObject({ status: 'skipped', reason: 'subject_cancelled' });
  expect(provider.requests).toEqual([]);
});

test('a message that cannot be made is shown to a person, and its neighbours go out', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  const poison = await addMessage(db, school, contact, { at: noon, more: { content: { body: 'poison' } } });
  const healthy = await addMessage(db, school, contact, { at: noon });
  const renderer = {
    render: ({ content }: { content: { body: string } | null }) => {
      if (content?.body === 'poison') return { kind: 'failed' as const, reason: 'cannot be rendered' };
      const payload = { channel: 'sms' as const, from: 'x', to: 'ada', text: 'hi' };
      return { kind: 'rendered' as const, payload, links: [], variant: { locale: 'en' } };
    },
  };
  const worker = testWorker(db, provider, clock, { renderer });
  await worker.settle();
  expect(await messageRow(db, poison)).toMatchObject({ status: 'scheduled', reason: 'not_rendered' });
  clock.advance(10_000);
  await worker.settle();
  expect(await messageRow(db, poison)).toMatchObject({ status: 'dead' });
  expect(await reviewsOf(poison)).toMatchObject([{ kind: 'dead_message' }]);
  expect(await messageRow(db, healthy)).toMatchObject({ status: 'sent' });
});

test('a blast of one organization does not delay another, and transactional has a lane of its own', async () => {
  const other = await db.organization('Other school');
  for (const org of [school, other]) await addConnection(db, org);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  await db.owner.query(
    `insert into messages (org_id, id, contact_id, source, class, channels, content, planned_at, due_at)
     select $1, gen_random_uuid(), $2, 'api', 'marketing', '{email}', '{"body": "blast"}', $3, $3
     from generate_series(1, 5000)`,
    [school, contact, minutes(-10)],
  );
  const neighbour = await addContact(db, other, { email: 'bob@example.com' });
  const only = await addMessage(db, other, neighbour, { at: noon });
  const urgent = await addMessage(db, school, contact, { at: noon, class: 'transactional' });
  const worker = testWorker(db, provider, clock);
  await worker.deliver.round(1, 100);
  await worker.deliver.drain();
  const transactional = testWorker(db, provider, clock);
  await transactional.deliver.round(0, 100);
  await transactional.deliver.drain();
  expect(await messageRow(db, only)).toMatchObject({ status: 'sent' });
  expect(await messageRow(db, urgent)).toMatchObject({ status: 'sent' });
});

test('a slow provider of one organization holds up nobody else', async () => {
  const other = await db.organization('Slow school');
  for (const org of [school, other]) await addConnection(db, org);
  const limits = { total: 40, perOrganization: 5, perConnection: 5, sendTimeoutMs: 60_000 };
  const worker = testWorker(db, provider, clock, { limits });
  const stuck = Promise.withResolvers<{ kind: 'accepted' }>();
  provider.answer = (request) => (request.orgId === other ? stuck.promise : { kind: 'accepted' });
  const slow = await addContact(db, other, { email: 'slow@example.com' });
  const quick = await addContact(db, school, { email: 'quick@example.com' });
  for (let n = 0; n < 20; n++) {
    await addMessage(db, other, slow, { at: noon });
    await addMessage(db, school, quick, { at: noon });
  }
  const sent = async () =>
    (
      await db.owner.query(`select count(*)::int as n from messages where org_id = $1 and status = 'sent'`, [
        school,
      ])
    ).rows[0].n;
  await expect
    .poll(
      async () => {
        await worker.deliver.round(1, 20);
        return sent();
      },
      { timeout: 10_000 },
    )
    .toBe(20);
  const { rows } = await db.owner.query(
    `select count(*)::int as n from messages where org_id = $1 and status = 'sending'`,
    [other],
  );
  expect(rows).toEqual([{ n: 5 }]);
  stuck.resolve({ kind: 'accepted' });
  await worker.deliver.drain();
});

test('rates of the organization hold, and what is over them gets a slot each', async () => {
  await addConnection(db, school);
  await setPolicy(db, school, { rates: { organization: 2 } });
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  for (let n = 0; n < 10; n++) await addMessage(db, school, contact, { at: noon });
  const worker = testWorker(db, provider, clock);
  const perSecond = [];
  for (let second = 0; second < 6; second++) {
    const before = provider.requests.length;
    await worker.settle();
    perSecond.push(provider.requests.length - before);
    clock.advance(1_000);
  }
  expect(perSecond.slice(0, 5)).toEqual([2, 2, 2, 2, 2]);
  const { rows } = await db.owner.query(
    `select max(n)::int as n from (select count(*) as n from decisions where verdict = 'defer' and org_id = $1
     group by message_id) per_message`,
    [school],
  );
  expect(rows[0].n).toBe(1);
});

test('another organization’s requests see nothing of it', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  await addMessage(db, school, contact, { at: noon });
  await testWorker(db, provider, clock).settle();
  const other = await db.organization('Another school');
  const counts = await db.app.forOrg(other, async (tx) => [
    await tx.selectFrom('messages').selectAll().execute(),
    await tx.selectFrom('attempts').selectAll().execute(),
    await tx.selectFrom('decisions').selectAll().execute(),
    await tx.selectFrom('message_payloads').selectAll().execute(),
    await tx.selectFrom('rate_buckets').selectAll().execute(),
  ]);
  expect(counts.map((rows) => rows.length)).toEqual([0, 0, 0, 0, 0]);
});
