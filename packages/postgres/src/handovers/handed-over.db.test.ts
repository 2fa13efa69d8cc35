import type { MessageId } from '@halyard/core/ids';
import { expect } from 'vitest';

import { HandingSchool, handingTest as test } from '../testing/handing-school.js';
import { noon } from '../testing/sending-school.js';

/** A message that n8n has taken over. */
async function handOver(school: HandingSchool): Promise<{ id: MessageId; attempt: string }> {
  await school.addN8n('push');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  await school.worker({ owner: 'gone' }).settle();
  const [attempt] = await school.attemptsOf(id);
  expect(await school.row(id)).toMatchObject({ status: 'sending', lease_owner: null });
  return { id, attempt: attempt?.id ?? '' };
}

/** The worker that handed it over is dead, as nobody holds its lock; others look for what it left. */
async function lookForLost(school: HandingSchool): Promise<void> {
  const { recover } = school.worker({ owner: 'heir' });
  for (let looks = 0; looks < 3; looks++) {
    await recover.round(100);
    school.clock.advance(5_000);
  }
  await recover.round(100);
}

test('what was taken over waits for its report, whatever becomes of the worker', async ({ school }) => {
  const { id, attempt } = await handOver(school);
  await lookForLost(school);
  expect(await school.row(id)).toMatchObject({ status: 'sending' });
  expect(await school.report(attempt, { outcome: 'sent' })).toMatchObject({ status: 'sent' });
  expect(await school.eventsOf(id)).toEqual(['message.sent']);
});

test('what is never reported is unknown, a person is asked, and nothing is sent again', async ({
  school,
}) => {
  const { id } = await handOver(school);
  school.clock.advance(3_600_001);
  const worker = school.worker();
  await worker.recover.round(100);
  expect(await school.row(id)).toMatchObject({
    status: 'unknown',
    reason: 'not_reported',
    released_at: noon,
  });
  expect(await school.reviewsOf(id)).toEqual([{ kind: 'unknown_message', reason: 'not_reported' }]);
  school.clock.advance(7 * 24 * 3_600_000);
  await worker.settle();
  await worker.recover.round(100);
  expect(school.provider.requests).toHaveLength(1);
});

test.for([
  ['sent', 'sent', ['message.sent']],
  ['failed', 'failed', ['message.failed']],
] as const)('a report of %s that comes late still counts', async ([outcome, status, events], { school }) => {
  const { id, attempt } = await handOver(school);
  school.clock.advance(3_600_001);
  const worker = school.worker();
  await worker.recover.round(100);
  await school.report(attempt, { outcome });
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status });
  expect(await school.eventsOf(id)).toEqual(events);
  const { rows } = await school.query('select status from review_items where subject_id = $1', [id]);
  expect(rows).toEqual([{ status: 'resolved' }]);
});

test('a late "not sent" has it sent again, and says nothing of an attempt made since', async ({ school }) => {
  const { id, attempt } = await handOver(school);
  school.clock.advance(3_600_001);
  const worker = school.worker();
  await worker.recover.round(100);
  await school.report(attempt, { outcome: 'not_sent' });
  school.clock.advance(3_600_000);
  await worker.settle();
  expect(school.provider.requests).toHaveLength(2);
  await expect(school.report(attempt, { outcome: 'sent' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await school.row(id)).toMatchObject({ status: 'sending' });
});

test('an attempt that a person has overruled can be reported, and its message stays with the newer one', async ({
  school,
}) => {
  const { id, attempt } = await handOver(school);
  school.clock.advance(3_600_001);
  const worker = school.worker();
  await worker.recover.round(100);
  await school.query(
    `update messages set status = 'scheduled', tries = 0, due_at = $2, reason = null where id = $1`,
    [id, school.clock.now()],
  );
  await worker.settle();
  await school.report(attempt, { outcome: 'failed' });
  expect(await school.row(id)).toMatchObject({ status: 'sending' });
  expect((await school.attemptsOf(id)).map(({ outcome }) => outcome)).toEqual(['rejected', null]);
});

test('of two reports at once that contradict each other, one counts and the other is refused', async ({
  school,
}) => {
  const { id, attempt } = await handOver(school);
  const reports = await Promise.allSettled([
    school.report(attempt, { outcome: 'sent' }),
    school.report(attempt, { outcome: 'not_sent' }),
  ]);
  expect(reports.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [{ outcome } = { outcome: null }] = await school.attemptsOf(id);
  expect((await school.row(id)).status).toBe(outcome === 'accepted' ? 'sent' : 'scheduled');
});

test('a report that is quicker than the record of the hand-over stays', async ({ school }) => {
  await school.addN8n('push');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const answer = school.provider.answer;
  school.provider.answer = async (request) => {
    await school.report(request.attemptId, { outcome: 'sent', provider_message_id: 'x' });
    return answer(request);
  };
  await school.worker().settle();
  expect(await school.row(id)).toMatchObject({ status: 'sent', lease_until: null });
  expect(await school.eventsOf(id)).toEqual(['message.sent']);
});

test('an attempt of a provider that Halyard calls itself, or of another organization, takes no report', async ({
  school,
}) => {
  const { attempt } = await handOver(school);
  await school.query(`update attempts set provider = 'recording' where id = $1`, [attempt]);
  await expect(school.report(attempt, { outcome: 'sent' })).rejects.toMatchObject({ code: 'conflict' });
  const stranger = new HandingSchool(school.db, await school.db.organization());
  await expect(stranger.report(attempt, { outcome: 'sent' })).rejects.toMatchObject({ code: 'not_found' });
});
