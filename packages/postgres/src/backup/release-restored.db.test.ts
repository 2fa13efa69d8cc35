import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Row } from '../testing/invented-row.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { releaseRestored } from './release-restored.js';
import { standsStillSince } from './standstill.js';

const hour = 3_600_000;
const hoursAgo = (n: number) => new Date(Date.now() - n * hour);

let db: TestDatabase;
let orgId: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  orgId = await db.organization();
});
afterAll(() => db.drop());

const row = (table: string, given: Row) => inventRow(db.owner, orgId, table, given);
const read = async (table: string, id: unknown): Promise<Row> => {
  const { rows } = await db.worker.pool.query(`select * from ${table} where id = $1`, [id]);
  return rows[0];
};
const reviewsOf = async (id: unknown) => {
  const { rows } = await db.worker.pool.query('select kind from review_items where subject_id = $1', [id]);
  return rows.map(({ kind }) => kind);
};

test('what was due since the backup waits for a person; what is due later, or came since, goes its way', async () => {
  expect(await releaseRestored(db.worker)).toBeNull();
  const of = { created_at: hoursAgo(30), planned_at: hoursAgo(30) };
  const due = await row('messages', { ...of, status: 'scheduled', due_at: hoursAgo(5) });
  const sending = await row('messages', { ...of, status: 'sending', due_at: hoursAgo(30) });
  const attempt = await row('attempts', { message_id: sending.id, outcome: null });
  const sent = await row('messages', { ...of, status: 'sent', due_at: hoursAgo(30) });
  const later = await row('messages', { ...of, status: 'scheduled', due_at: hoursAgo(-5) });
  const since = await row('messages', {
    ...of,
    created_at: new Date(),
    status: 'scheduled',
    due_at: hoursAgo(1),
  });
  const woken = await row('runs', { status: 'active', wake_at: hoursAgo(5) });
  const asleep = await row('runs', { status: 'active', wake_at: hoursAgo(-5) });
  const event = await row('events', { recorded_at: hoursAgo(30) });
  await row('pending_events', { event_id: event.id });
  const newEvent = await row('events', { recorded_at: new Date() });
  await row('pending_events', { event_id: newEvent.id });
  const started = await row('campaigns', { status: 'scheduled', next_start_at: hoursAgo(5) });
  const planned = await row('campaigns', { status: 'scheduled', next_start_at: hoursAgo(-5) });
  const call = await row('workflow_calls', { status: 'pending', created_at: hoursAgo(30) });
  const webhook = await row('deliveries', { status: 'pending', created_at: hoursAgo(30) });
  const step = await row('outreach_items', {
    state: 'waiting',
    check_at: hoursAgo(5),
    created_at: hoursAgo(30),
  });
  const source = await row('outreach_sources', { active: true });
  const upload = await row('imports', { status: 'running', created_at: hoursAgo(30) });
  const ticking = await row('flows', { next_tick_at: hoursAgo(5) });
  await db.owner.query('insert into restores (backup_taken_at, restored_at) values ($1, $2)', [
    hoursAgo(24),
    hoursAgo(2),
  ]);
  expect(await standsStillSince(db.app.pool)).toEqual(expect.any(Date));

  expect(await releaseRestored(db.worker)).toEqual({
    messages: 2,
    runs: 1,
    events: 1,
    outreach: 1,
    campaigns: 1,
    calls: 1,
    webhooks: 1,
    sources: 1,
    imports: 1,
    schedules: 1,
  });

  for (const one of [due, sending]) {
    expect(await read('messages', one.id)).toMatchObject({ status: 'unknown', reason: 'restored' });
    expect(await reviewsOf(one.id)).toEqual(['unknown_message']);
  }
  expect(await read('attempts', attempt.id)).toMatchObject({ outcome: 'unknown' });
  expect(await read('messages', sent.id)).toMatchObject({ status: 'sent' });
  for (const one of [later, since])
    expect(await read('messages', one.id)).toMatchObject({ status: 'scheduled' });
  expect(await read('runs', woken.id)).toMatchObject({ status: 'failed', wake_at: null });
  expect(await reviewsOf(woken.id)).toEqual(['failed_run']);
  expect(await read('runs', asleep.id)).toMatchObject({ status: 'active' });
  const { rows: pending } = await db.worker.pool.query('select event_id from pending_events');
  expect(pending).toEqual([{ event_id: newEvent.id }]);
  expect(await reviewsOf(event.id)).toEqual(['failed_event']);
  expect(await read('campaigns', started.id)).toMatchObject({ status: 'paused', error: expect.any(String) });
  expect(await read('campaigns', planned.id)).toMatchObject({ status: 'scheduled' });
  expect(await read('workflow_calls', call.id)).toMatchObject({ status: 'cancelled' });
  expect(await read('deliveries', webhook.id)).toMatchObject({ status: 'failed' });
  expect(await reviewsOf(webhook.id)).toEqual(['failed_delivery']);
  expect(await read('outreach_items', step.id)).toMatchObject({ state: 'cancelled', reason: 'restored' });
  expect(await reviewsOf(step.id)).toEqual(['quarantined_input']);
  expect(await read('outreach_sources', source.id)).toMatchObject({ active: false });
  expect(await read('imports', upload.id)).toMatchObject({ status: 'failed' });
  expect(await read('flows', ticking.id)).toMatchObject({ next_tick_at: null });
  expect(await standsStillSince(db.app.pool)).toBeNull();
  expect(await releaseRestored(db.worker)).toBeNull();
});

test('very many are held in batches; what broke off goes on from there, and stands still until the end', async () => {
  const of = { created_at: hoursAgo(30), planned_at: hoursAgo(30), status: 'scheduled', due_at: hoursAgo(5) };
  const ids: unknown[] = [];
  for (let n = 0; n < 5; n++) ids.push((await row('messages', of)).id);
  for (let n = 0; n < 3; n++) {
    const event = await row('events', { recorded_at: hoursAgo(30) });
    await row('pending_events', { event_id: event.id });
  }
  await db.owner.query('insert into restores (backup_taken_at, restored_at) values ($1, $2)', [
    hoursAgo(24),
    hoursAgo(2),
  ]);
  await db.owner.query(`
    create function break_off() returns trigger language plpgsql as $$ begin raise 'broken off'; end $$;
    create trigger break_off after delete on pending_events for each statement execute function break_off()`);
  await expect(releaseRestored(db.worker, 2)).rejects.toThrow('broken off');
  expect(await standsStillSince(db.app.pool)).toEqual(expect.any(Date));
  await db.owner.query('drop function break_off cascade');

  expect(await releaseRestored(db.worker, 2)).toMatchObject({ messages: 0, events: 3 });
  for (const id of ids) expect(await reviewsOf(id)).toEqual(['unknown_message']);
  const { rows } = await db.worker.pool.query(
    'select count(*) as n from review_items where subject_id = any($1) group by xmin::text order by 1',
    [ids],
  );
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
  expect(await standsStillSince(db.app.pool)).toBeNull();
});

test('when another release ends first, this one still tells what it held', async () => {
  const of = { created_at: hoursAgo(30), planned_at: hoursAgo(30), status: 'scheduled', due_at: hoursAgo(5) };
  for (let n = 0; n < 3; n++) await row('messages', of);
  await db.owner.query('insert into restores (backup_taken_at, restored_at) values ($1, $2)', [
    hoursAgo(24),
    hoursAgo(2),
  ]);
  await db.owner.query(`
    create function release_first() returns trigger language plpgsql as
      $$ begin update restores set released_at = now() where released_at is null; return null; end $$;
    create trigger release_first after update on messages for each statement execute function release_first()`);
  expect(await releaseRestored(db.worker, 2)).toMatchObject({
    messages: 2,
    runs: 0,
    campaigns: 0,
    schedules: 0,
  });
  await db.owner.query('drop function release_first cascade');
  expect(await releaseRestored(db.worker, 2)).toBeNull();
});
