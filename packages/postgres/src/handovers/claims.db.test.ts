import { automation } from '@halyard/core/actor';
import { expect } from 'vitest';
import { PgConnectionStore } from '../connections.js';
import { suppress } from '../suppressions.js';
import { handingTest as test } from '../testing/handing-school.js';
import { minutes } from '../testing/sending-school.js';

test('a message waits to be claimed, once on record, and every rule is looked at again then', async ({
  school,
}) => {
  await school.addN8n('pull');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'scheduled', reason: 'awaiting_claim', tries: 0 });
  school.clock.advance(3_600_001);
  await worker.settle();
  const { rows } = await school.query('select rule, verdict from decisions where message_id = $1', [id]);
  expect(rows).toEqual([{ rule: 'sender', verdict: 'defer' }]);
  await school.db.app.forOrg(school.id, (tx) =>
    suppress(tx, school.id, [
      { channel: 'email', address: 'ada@example.com', reason: 'complaint', source: 'provider' },
    ]),
  );
  expect(await school.claim()).toEqual([]);
  expect(await school.row(id)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
});

test('what waits to be claimed goes out at once when its connection is switched to push', async ({
  school,
}) => {
  const connection = await school.addN8n('pull');
  const id = await school.addMessage(await school.addContact({ email: 'ada@example.com' }));
  const worker = school.worker();
  await worker.settle();
  const audit = {
    actor: automation('test'),
    action: 'connection.updated',
    target: { type: 'connection', id: connection },
  };
  const store = new PgConnectionStore(school.db.app);
  await store.update(school.id, connection, { settings: { mode: 'pull', limit: 1 } }, audit);
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'scheduled', reason: 'awaiting_claim' });
  await store.update(school.id, connection, { settings: { mode: 'push' } }, audit);
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'sending' });
});

test('a claim commits its intent: what is not reported in time is unknown, and never claimed again', async ({
  school,
}) => {
  await school.addN8n('pull');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  const [item] = await school.claim(10, 60);
  expect(item).toMatchObject({ message_id: id, lease_until: minutes(1).toISOString(), item_id: null });
  expect(await school.attemptsOf(id)).toEqual([{ id: item?.attempt_id, outcome: null }]);
  school.clock.advance(60_001);
  await worker.recover.round(100);
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'unknown', reason: 'not_reported' });
  expect(await school.claim()).toEqual([]);
});

test('what its sender could not send can be claimed again', async ({ school }) => {
  await school.addN8n('pull');
  const contact = await school.addContact({ email: 'ada@example.com' });
  await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  const [first] = await school.claim();
  await school.report(first?.attempt_id ?? '', { outcome: 'throttled', retry_after_seconds: 60 });
  await worker.settle();
  expect(await school.claim()).toEqual([]);
  school.clock.advance(61_000);
  await worker.settle();
  const [second] = await school.claim();
  expect(second).toMatchObject({ message_id: first?.message_id, idempotency_key: first?.idempotency_key });
  expect(second?.attempt_id).not.toBe(first?.attempt_id);
});

test('a breaker from the time when it was pushed keeps nobody from claiming', async ({ school }) => {
  const connection = await school.addN8n('pull');
  await school.query(
    `update connections set breaker_state = 'open', breaker_retry_at = now() + interval '1 year' where id = $1`,
    [connection],
  );
  const contact = await school.addContact({ email: 'ada@example.com' });
  for (let n = 0; n < 3; n++) await school.addMessage(contact);
  await school.worker().settle();
  expect(await school.claim()).toHaveLength(3);
});

test('a connection that pushes again sends what waited, and a claim leaves it alone', async ({ school }) => {
  const connection = await school.addN8n('pull');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  await school.query(`update connections set settings = '{"mode": "push"}' where id = $1`, [connection]);
  expect(await school.claim()).toEqual([]);
  school.clock.advance(1_000);
  await worker.settle();
  expect(school.provider.requests.map(({ messageId }) => messageId)).toEqual([id]);
});
