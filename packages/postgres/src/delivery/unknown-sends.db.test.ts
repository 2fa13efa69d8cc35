import { expect } from 'vitest';
import { sendingTest as test } from '../testing/sending-school.js';

test('an unknown send is repeated with the same key and bytes, where the provider knows keys', async ({
  school,
}) => {
  await school.addConnection();
  school.provider.onUnknown = { kind: 'retry_same_key', keyWindowMs: 86_400_000 };
  school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  await school.query(`update messages set content = '{"body": "changed since"}' where id = $1`, [id]);
  school.provider.answer = () => ({ kind: 'accepted', providerMessageId: 'p1' });
  school.clock.advance(60_000);
  await worker.settle();
  const [first, second] = school.provider.requests;
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  expect(second?.payload).toEqual(first?.payload);
  expect(second?.attemptId).not.toBe(first?.attemptId);
  expect(await school.row(id)).toMatchObject({ status: 'sent', provider_message_id: 'p1' });
});

test('an unknown send is never repeated where nobody knows a key: a person is asked', async ({ school }) => {
  await school.addConnection();
  school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  school.clock.advance(30 * 86_400_000);
  await worker.recover.round(100);
  await worker.settle();
  expect(school.provider.requests).toHaveLength(1);
  expect(await school.row(id)).toMatchObject({ status: 'unknown', reason: 'no_answer' });
  expect(await school.reviewsOf(id)).toEqual([{ kind: 'unknown_message', reason: 'no_answer' }]);
});

test('a report is awaited for a day, then a person is asked once', async ({ school }) => {
  await school.addConnection();
  school.provider.onUnknown = { kind: 'await_report' };
  school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const worker = school.worker();
  await worker.settle();
  await worker.recover.round(100);
  expect(await school.reviewsOf(id)).toEqual([]);
  school.clock.advance(25 * 3_600_000);
  await worker.recover.round(100);
  await worker.recover.round(100);
  expect(await school.reviewsOf(id)).toEqual([{ kind: 'unknown_message', reason: 'no_report' }]);
});
