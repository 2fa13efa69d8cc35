import type { ConnectionId } from '@halyard/core/ids';
import { expect } from 'vitest';
import type { SendingSchool } from '../testing/sending-school.js';
import { noon, sendingTest as test } from '../testing/sending-school.js';

const add = async (
  school: SendingSchool,
  email: string,
  more: Parameters<SendingSchool['addMessage']>[1] = {},
) => school.addMessage(await school.addContact({ email }), more);

const breakerOf = async (school: SendingSchool, connection: ConnectionId) =>
  (
    await school.query(
      'select breaker_state as state, breaker_failures as failures from connections where id = $1',
      [connection],
    )
  ).rows[0];

/** The breaker of a connection is open, and the time to probe has come. */
const open = (school: SendingSchool, connection: ConnectionId) =>
  school.query(
    `update connections set breaker_state = 'open', breaker_failures = 5, breaker_retry_at = $2 where id = $1`,
    [connection, new Date(noon.getTime() - 1_000)],
  );

test('the breaker opens after failures in a row, lets one message probe, and closes', async ({ school }) => {
  await school.addConnection();
  school.provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: 'refused' });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const more = { class: 'transactional' as const };
  const ids = [];
  for (let n = 0; n < 5; n++) ids.push(await school.addMessage(contact, more));
  const worker = school.worker();
  await worker.settle();
  expect(school.provider.requests).toHaveLength(5);
  const late = await school.addMessage(contact, more);
  await worker.settle();
  expect(await school.row(late)).toMatchObject({ status: 'scheduled', reason: 'breaker_open' });
  expect(school.provider.requests).toHaveLength(5);
  school.provider.answer = () => ({ kind: 'accepted' });
  school.clock.advance(11_000);
  await worker.deliver.round(0, 100);
  await worker.deliver.drain();
  expect(school.provider.requests).toHaveLength(6); // one probe, the others wait for what it finds
  school.clock.advance(61_000);
  await worker.settle();
  const { rows } = await school.query(`select status from messages where org_id = $1`, [school.id]);
  expect(rows.every(({ status }) => status === 'sent')).toBe(true);
});

test('of two workers at once, one lets a message probe and the other waits', async ({ school }) => {
  const connection = await school.addConnection();
  school.provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: '' });
  for (let n = 0; n < 5; n++) {
    await school.query('delete from messages');
    await open(school, connection);
    await add(school, `first-${n}@example.com`, { class: 'transactional' });
    await add(school, `second-${n}@example.com`);
    const workers = [school.worker(), school.worker()];
    const before = school.provider.requests.length;
    await Promise.all(workers.map(({ deliver }, lane) => deliver.round(lane as 0 | 1, 10)));
    for (const { deliver } of workers) await deliver.drain();
    expect(school.provider.requests.length - before).toBe(1);
  }
});

test('a probe that another worker is about to make is not made twice', async ({ school }) => {
  const connection = await school.addConnection();
  await open(school, connection);
  const id = await add(school, 'ada@example.com');
  const other = await school.db.owner.connect();
  await other.query('begin');
  await other.query('select from connections where id = $1 for no key update', [connection]);
  await school.worker().deliver.round(1, 10);
  await other.query('rollback');
  other.release();
  expect(school.provider.requests).toEqual([]);
  expect(await school.row(id)).toMatchObject({ status: 'scheduled', reason: 'breaker_open' });
});

test('a worker that is lost says nothing about the provider', async ({ school }) => {
  const connection = await school.addConnection();
  for (let n = 0; n < 6; n++) await add(school, `ada-${n}@example.com`);
  school.provider.answer = () => new Promise(() => {}); // the worker ends before the answer comes
  await school.worker().deliver.round(1, 10);
  school.clock.advance(60_000);
  await school.worker().recover.round(10);
  const { rows } = await school.query('select distinct status from messages');
  expect(rows).toEqual([{ status: 'unknown' }]);
  expect(await breakerOf(school, connection)).toEqual({ state: 'closed', failures: 0 });
});
