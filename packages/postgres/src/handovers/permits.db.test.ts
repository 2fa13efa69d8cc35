import { Idempotency } from '@halyard/core/idempotency/idempotency';
import { expect } from 'vitest';
import { PgIdempotencyStore } from '../idempotency.js';
import { handingTest as test } from '../testing/handing-school.js';

test('asked for at once, one key is one permit, for one of them', async ({ school }) => {
  await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const asked = await Promise.all([1, 2, 3, 4].map(() => school.ask({ key: 'a', contact_id })));
  const granted = asked.filter(({ verdict }) => verdict === 'granted');
  expect(granted).toMatchObject([{ address: 'ada@example.com' }]);
  const refused = { verdict: 'refused', reason: 'already_granted', address: null, report_url: null };
  for (const other of asked.filter((one) => one !== granted[0])) expect(other).toMatchObject(refused);
  const [first] = granted;
  expect(await school.attemptsOf(first?.message_id ?? '')).toHaveLength(1);
});

test('permits count under the caps of messages, and messages under those of permits', async ({ school }) => {
  await school.addN8n('push');
  await school.setPolicy({ caps: [{ messages: 2, per: 'P1D' }] });
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  expect(await school.ask({ key: 'a', contact_id })).toMatchObject({ verdict: 'granted' });
  const id = await school.addMessage(contact_id);
  const worker = school.worker();
  await worker.settle();
  expect(await school.row(id)).toMatchObject({ status: 'sending' });
  const third = await school.ask({ key: 'b', contact_id });
  expect(third).toMatchObject({
    verdict: 'deferred',
    reason: 'caps',
    explanation: expect.stringContaining('Fewer messages'),
    not_before: '2026-06-02T10:00:00.000Z',
    attempt_id: null,
  });
  expect(await school.ask({ key: 'b', contact_id })).toEqual(third);
  expect(await school.ask({ key: 'c', contact_id, class: 'transactional' })).toMatchObject({
    verdict: 'granted',
  });
});

test('one that was put off is decided anew from then on, and is never sent by Halyard', async ({
  school,
}) => {
  await school.addN8n('push');
  await school.setPolicy({ quiet_hours: { default: { from: '00:00', to: '13:00' } } });
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const later = await school.ask({ key: 'a', contact_id });
  expect(later).toMatchObject({ verdict: 'deferred', reason: 'hours' });
  const worker = school.worker();
  school.clock.advance(2 * 3_600_000);
  await worker.settle();
  expect(school.provider.requests).toEqual([]);
  expect(await school.row(later.message_id as never)).toMatchObject({ reason: 'awaiting_permit' });
  expect(await school.ask({ key: 'a', contact_id })).toMatchObject({
    verdict: 'granted',
    message_id: later.message_id,
  });
});

test('one that nobody asks for again expires', async ({ school }) => {
  await school.addN8n('push');
  await school.setPolicy({ quiet_hours: { default: { from: '00:00', to: '13:00' } }, expire_after: 'P1D' });
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const { message_id } = await school.ask({ key: 'a', contact_id });
  const worker = school.worker();
  for (let hour = 0; hour < 26; hour++) {
    school.clock.advance(3_600_000);
    await worker.settle();
  }
  expect(await school.row(message_id as never)).toMatchObject({ status: 'expired' });
  expect(await school.ask({ key: 'a', contact_id })).toMatchObject({ verdict: 'refused', reason: 'expired' });
});

test('a permit whose outcome nobody reports is unknown when it expires', async ({ school }) => {
  await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const { message_id, expires_at } = await school.ask({ key: 'a', contact_id, expires_in_seconds: 60 });
  expect(expires_at).toBe('2026-06-01T10:01:00.000Z');
  school.clock.advance(60_001);
  await school.worker().recover.round(100);
  expect(await school.row(message_id as never)).toMatchObject({ status: 'unknown', reason: 'not_reported' });
  const again = await school.ask({ key: 'a', contact_id, expires_in_seconds: 60 });
  expect(again).toMatchObject({
    verdict: 'refused',
    reason: 'not_reported',
    status: 'unknown',
    address: null,
  });
  await school.report(again.attempt_id ?? '', { outcome: 'not_sent' });
  expect(await school.row(message_id as never)).toMatchObject({ status: 'scheduled' });
});

test('a key that was used up permits nothing more', async ({ school }) => {
  await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const { attempt_id } = await school.ask({ key: 'a', contact_id });
  for (const outcome of ['sent', 'delivered', 'bounced'] as const) {
    await school.report(attempt_id ?? '', { outcome });
    expect(await school.ask({ key: 'a', contact_id })).toMatchObject({
      verdict: 'refused',
      reason: 'already_sent',
      attempt_id,
      address: null,
    });
  }
});

test('what its asker could not send may be asked for again; what was refused for good has failed', async ({
  school,
}) => {
  await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const first = await school.ask({ key: 'a', contact_id });
  await school.report(first.attempt_id ?? '', { outcome: 'not_sent' });
  school.clock.advance(60_000);
  const second = await school.ask({ key: 'a', contact_id });
  expect(second).toMatchObject({ verdict: 'granted', message_id: first.message_id });
  expect(second.attempt_id).not.toBe(first.attempt_id);
  await school.report(second.attempt_id ?? '', { outcome: 'failed', invalid_address: true });
  await school.worker().settle();
  expect(await school.ask({ key: 'a', contact_id })).toMatchObject({ verdict: 'refused', status: 'failed' });
  expect(await school.ask({ key: 'b', contact_id })).toMatchObject({
    verdict: 'refused',
    reason: 'suppressed',
  });
  expect(school.provider.requests).toEqual([]);
});

test('a paused connection to n8n permits nothing; a breaker is no reason', async ({ school }) => {
  const connection = await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  await school.query(
    `update connections set breaker_state = 'open', breaker_retry_at = now() + interval '1 year' where id = $1`,
    [connection],
  );
  expect(await school.ask({ key: 'a', contact_id })).toMatchObject({ verdict: 'granted' });
  await school.query(`update connections set status = 'paused' where id = $1`, [connection]);
  expect(await school.ask({ key: 'b', contact_id })).toMatchObject({
    verdict: 'deferred',
    reason: 'no_connection',
  });
});

test('an address that is no contact’s is checked as well', async ({ school }) => {
  await school.addN8n('push');
  expect(await school.ask({ key: 'a', to: ' Someone@Example.com ', class: 'service' })).toMatchObject({
    verdict: 'granted',
    address: 'someone@example.com',
  });
  await expect(school.ask({ key: 'b', to: 'nobody' })).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a permit that breaks in the deciding writes nothing, and is granted once when it is asked for again', async ({
  school,
}) => {
  await school.addN8n('push');
  const contact_id = await school.addContact({ email: 'ada@example.com' });
  const idempotency = new Idempotency(new PgIdempotencyStore(school.db.app));
  const ask = () =>
    idempotency.answer(
      school.id,
      { key: 'k', route: 'askPermit', url: '', body: { key: 'a', contact_id } },
      async () => ({ status: 200, body: await school.ask({ key: 'a', contact_id }) }),
    );
  await school.setPolicy({ caps: [{ messages: 2, per: 'no duration' }] });
  await expect(ask()).rejects.toThrow();
  const { rows } = await school.query('select from messages where org_id = $1', [school.id]);
  expect(rows).toEqual([]);
  await school.setPolicy({});
  const first = await ask();
  expect(first.answer.body).toMatchObject({ verdict: 'granted' });
  expect(await ask()).toEqual({ ...first, replayed: true });
});
