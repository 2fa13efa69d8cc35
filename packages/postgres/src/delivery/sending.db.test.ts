import { expect } from 'vitest';
import { readDetail } from '../messages/message-detail.js';
import { minutes, noon, sendingTest as test } from '../testing/sending-school.js';

test('a due message is sent once, with its attempt, payload, decision and event', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  await school.worker().settle();
  expect(school.provider.sentTo).toEqual(['ada@example.com']);
  expect(await school.row(id)).toMatchObject({
    status: 'sent',
    channel: 'email',
    address: 'ada@example.com',
    sent_at: noon,
    lease_until: null,
    tries: 1,
  });
  const attempt = await school.query('select checks from attempts where message_id = $1', [id]);
  expect(attempt.rows[0].checks).toContain('address@email');
  expect(await school.eventsOf(id)).toEqual(['message.sent']);
  const { rows } = await school.query('select payload::json from message_payloads where message_id = $1', [
    id,
  ]);
  expect(rows[0].payload).toEqual(school.provider.requests[0]?.payload);
});

test('the decision to send is told with the others, from its attempt', async ({ school }) => {
  await school.addConnection();
  await school.setPolicy({ rates: { organization: 1 } });
  const contact = await school.addContact({ email: 'ada@example.com' });
  for (let n = 0; n < 2; n++) await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  school.clock.advance(1_000);
  await worker.settle();
  const second = school.provider.requests[1];
  const detail =
    second && (await school.db.app.forOrg(school.id, (tx) => readDetail(tx, school.id, second.messageId)));
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

test('whoever took all that was due looks again at once for what is due next', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  await school.addMessage(contact);
  await school.addMessage(contact, { at: minutes(5) });
  const worker = school.worker();
  const looked = await worker.deliver.round(1, 100);
  expect(looked.claimed).toBe(1);
  expect(Number(looked.nextDueAt)).toBeLessThan(Number(school.clock.now()) + 100);
  await worker.deliver.drain();
  expect(await worker.deliver.round(1, 100)).toEqual({ claimed: 0, nextDueAt: minutes(5) });
});

test('what is not due yet stays, and the loop is told when it will be', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact, { at: minutes(5) });
  const round = await school.worker().deliver.round(1, 100);
  expect(round).toEqual({ claimed: 0, nextDueAt: minutes(5) });
  expect(await school.row(id)).toMatchObject({ status: 'scheduled', tries: 0 });
});

test('a rejected message goes to the next connection, then to the next channel, then fails', async ({
  school,
}) => {
  await school.addConnection({ channels: ['email'], priority: 1 });
  await school.addConnection({ channels: ['email'], priority: 2 });
  await school.addConnection({ channels: ['sms'] });
  school.provider.answer = () => ({ kind: 'rejected', code: '550', detail: 'no' });
  const contact = await school.addContact({ email: 'ada@example.com', phone: '+4915112345678' });
  const id = await school.addMessage(contact, {
    class: 'transactional',
    channels: ['email', 'sms'],
  });
  await school.worker().settle();
  expect(school.provider.sentTo).toEqual(['ada@example.com', 'ada@example.com', '+4915112345678']);
  expect(await school.row(id)).toMatchObject({ status: 'failed', reason: 'rejected', released_at: null });
  expect(await school.eventsOf(id)).toEqual(['message.failed']);
});

test('an invalid address is suppressed', async ({ school }) => {
  await school.addConnection();
  school.provider.answer = () => ({
    kind: 'rejected',
    code: '550',
    detail: 'unknown user',
    invalidAddress: true,
  });
  const contact = await school.addContact({ email: 'typo@example.con' });
  const id = await school.addMessage(contact);
  await school.worker().settle();
  expect(await school.row(id)).toMatchObject({ status: 'failed' });
  const { rows } = await school.query('select reason, address from suppressions where org_id = $1', [
    school.id,
  ]);
  expect(rows).toEqual([{ reason: 'invalid', address: 'typo@example.con' }]);
});

test('another organization’s requests see nothing of it', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  await school.addMessage(contact);
  await school.worker().settle();
  const other = await school.db.organization('Another school');
  const counts = await school.db.app.forOrg(other, async (tx) => [
    await tx.selectFrom('messages').selectAll().execute(),
    await tx.selectFrom('attempts').selectAll().execute(),
    await tx.selectFrom('decisions').selectAll().execute(),
    await tx.selectFrom('message_payloads').selectAll().execute(),
    await tx.selectFrom('rate_buckets').selectAll().execute(),
  ]);
  expect(counts.map((rows) => rows.length)).toEqual([0, 0, 0, 0, 0]);
});
