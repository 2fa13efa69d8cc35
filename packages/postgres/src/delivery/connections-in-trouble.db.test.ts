import { expect } from 'vitest';
import { minutes, sendingTest as test } from '../testing/sending-school.js';

test('a connection whose account is refused is paused; its messages wait until it is mended', async ({
  school,
}) => {
  const connection = await school.addConnection();
  school.provider.answer = () => ({
    kind: 'rejected',
    code: '401',
    detail: 'bad key',
    pauseConnection: true,
  });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  const { rows } = await school.query('select status, breaker_reason from connections where id = $1', [
    connection,
  ]);
  expect(rows).toEqual([{ status: 'paused', breaker_reason: 'bad key' }]);
  expect(await school.row(id)).toMatchObject({ status: 'scheduled', reason: 'no_connection' });
  await school.query(`update connections set status = 'active' where id = $1`, [connection]);
  school.provider.answer = () => ({ kind: 'accepted' });
  school.clock.advance(3_600_000);
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'sent' });
});

test('a throttled message waits as long as the provider said, and so does its connection', async ({
  school,
}) => {
  await school.addConnection();
  school.provider.answer = () => ({ kind: 'throttled', retryAfterMs: 120_000, detail: 'slow down' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const first = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  expect(await school.row(first)).toMatchObject({
    status: 'scheduled',
    reason: 'throttled',
    due_at: minutes(2),
  });
  const second = await school.addMessage(contact);
  await worker.settle();
  expect(school.provider.requests).toHaveLength(1);
  expect(await school.row(second)).toMatchObject({ due_at: minutes(2), reason: 'rates' });
  school.clock.set(minutes(2));
  school.provider.answer = () => ({ kind: 'accepted' });
  await worker.settle();
  expect(await school.row(second)).toMatchObject({ status: 'sent' });
});

test('what fails before sending is tried again with growing pauses, then shown to a person', async ({
  school,
}) => {
  await school.addConnection();
  school.provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: 'refused' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact, { class: 'transactional' });
  const worker = school.worker();
  for (let hour = 0; hour < 24; hour++) {
    await worker.settle();
    school.clock.advance(3_600_000);
  }
  expect(await school.row(id)).toMatchObject({ status: 'dead', reason: 'ECONNREFUSED' });
  expect(school.provider.requests).toHaveLength(6);
  expect(await school.reviewsOf(id)).toEqual([{ kind: 'dead_message', reason: 'ECONNREFUSED' }]);
});
