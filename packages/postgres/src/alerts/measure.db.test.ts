import { beforeEach, expect } from 'vitest';
import { databaseTest as test } from '../testing/database-test.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { addRule, after, alertsOf, evaluate, ruleOf, start } from '../testing/watched-organizations.js';

beforeEach<{ db: TestDatabase }>(async ({ db }) => {
  await db.owner.query(`update figures_counted set counted_until = $1`, [start]);
});

test('a metric that cannot be read is unknown and becomes an alert, while the others are looked at', async ({
  db,
}) => {
  const org = await db.organization();
  const broken = await addRule(db, org, { name: 'Broken' });
  const sound = await addRule(db, org, { name: 'Sound', metric: 'lateness', threshold: 60 });
  await db.owner.query('revoke select on review_items from halyard_worker');
  try {
    for (const minute of [0, 10]) await evaluate(db, org, minute);
    const unknown = { status: 'waiting', detail: expect.stringContaining('permission denied') };
    expect((await ruleOf(db, org, broken))?.state).toMatchObject(unknown); // evaluated long ago by the clock of the database
    expect((await ruleOf(db, org, sound))?.state).toMatchObject({ value: 0, detail: null });
    expect(await alertsOf(db, org)).toEqual([]);
    await evaluate(db, org, 15);
    expect(await alertsOf(db, org)).toMatchObject([
      { rule_name: 'Broken', cause: 'unmeasured', value: null },
    ]);
  } finally {
    await db.owner.query('grant select on review_items to halyard_worker');
  }
  await evaluate(db, org, 16);
  expect(await alertsOf(db, org)).toMatchObject([{ rule_name: 'Broken', status: 'resolved' }]);
});

test('rates are percent of what was sent in the window, and say nothing of a few or of sums that are behind', async ({
  db,
}) => {
  const org = await db.organization();
  const rule = await addRule(db, org, {
    metric: 'bounce_rate',
    filter: { channel: 'email' },
    threshold: 5,
    window_minutes: 60,
  });
  const figure = (quarter: string, kind: string, count: number, channel = 'email') =>
    db.owner.query('insert into figures values ($1, $2, $3, $4, $5)', [org, quarter, channel, kind, count]);
  await figure('2026-05-01T09:00:00Z', 'bounced', 50); // before the window
  await figure('2026-05-01T09:30:00Z', 'sent', 19);
  await figure('2026-05-01T09:45:00Z', 'bounced', 2);
  await figure('2026-05-01T09:45:00Z', 'sent', 500, 'sms');
  await evaluate(db, org, 0);
  const state = async () => {
    const { value, detail } = (await ruleOf(db, org, rule))?.state ?? {};
    return { value, detail };
  };
  expect(await state()).toEqual({
    value: null,
    detail: 'Only 19 of the 20 messages in the window that it takes.',
  });
  await figure('2026-05-01T10:00:00Z', 'sent', 21);
  await evaluate(db, org, 1);
  expect(await state()).toEqual({ value: 5, detail: null });
  expect(await alertsOf(db, org)).toMatchObject([
    { summary: '5 % of the messages on email came back within 60 minutes (alert at 5 % or more).' },
  ]);
  await db.owner.query(`update figures_counted set counted_until = $1`, [after(-10)]);
  await evaluate(db, org, 2);
  expect((await state()).detail).toMatch(/^What happened was counted until/);
});

test('few sign-ups are news only where there was something before', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, {
    metric: 'contacts_created',
    comparison: 'at_most',
    threshold: 2,
    window_minutes: 60,
  });
  const created = (quarter: string, count: number) =>
    db.owner.query('insert into event_figures values ($1, $2, $3, $4)', [
      org,
      quarter,
      'contact.created',
      count,
    ]);
  await evaluate(db, org, 0);
  expect(await alertsOf(db, org)).toEqual([]);
  await created('2026-05-01T09:00:00Z', 40);
  await created('2026-05-01T09:45:00Z', 3);
  await evaluate(db, org, 1);
  expect(await alertsOf(db, org)).toEqual([]);
  await evaluate(db, org, 61);
  expect(await alertsOf(db, org)).toEqual([]); // what was counted is behind
  await db.owner.query(`update figures_counted set counted_until = $1`, [after(62)]);
  await evaluate(db, org, 62);
  expect(await alertsOf(db, org)).toMatchObject([{ value: 0, status: 'firing' }]);
});

test('each connection has an alert of its own, which ends with the connection', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, { metric: 'breaker_open' });
  const connection = (name: string, state: string) =>
    inventRow(db.owner, org, 'connections', { name, provider: 'sandbox', breaker_state: state });
  const mailer = await connection('Mailer', 'open');
  await connection('Texts', 'half_open');
  await connection('Fine', 'closed');
  await evaluate(db, org, 0);
  const open = (await alertsOf(db, org)).map(({ scope_name, status }) => `${scope_name} ${status}`);
  expect(open.sort()).toEqual(['Mailer firing', 'Texts firing']);
  await db.owner.query('delete from connections where id = $1', [mailer.id]);
  await evaluate(db, org, 1);
  const left = (await alertsOf(db, org)).map(({ scope_name, status }) => `${scope_name} ${status}`);
  expect(left.sort()).toEqual(['Mailer resolved', 'Texts firing']);
});

test('what should have started is missed after five minutes, be it a campaign or a flow', async ({ db }) => {
  const org = await db.organization();
  const rule = await addRule(db, org, { metric: 'missed_schedules' });
  const at = (minutes: number) => after(minutes).toISOString();
  await inventRow(db.owner, org, 'campaigns', { status: 'scheduled', next_start_at: at(-4) });
  await inventRow(db.owner, org, 'campaigns', { status: 'cancelled', next_start_at: at(-60) });
  await inventRow(db.owner, org, 'flows', { status: 'live', next_tick_at: at(-6), name: 'Weekly' });
  await inventRow(db.owner, org, 'flows', { status: 'paused', next_tick_at: at(-60), name: 'Paused' });
  await evaluate(db, org, 0);
  expect((await ruleOf(db, org, rule))?.state.value).toBe(1);
  await inventRow(db.owner, org, 'campaigns', { status: 'paused', error: 'There is no template.' });
  await evaluate(db, org, 2);
  expect((await ruleOf(db, org, rule))?.state.value).toBe(3);
});

test('work that waits is counted and its age told, in seconds', async ({ db }) => {
  const org = await db.organization();
  const depth = await addRule(db, org, { metric: 'queue_depth', threshold: 100 });
  const messages = await addRule(db, org, {
    metric: 'queue_depth',
    filter: { queue: 'messages' },
    threshold: 100,
  });
  const lateness = await addRule(db, org, { metric: 'lateness', threshold: 600 });
  const message = (minutes: number, more: object = {}) =>
    inventRow(db.owner, org, 'messages', {
      status: 'scheduled',
      due_at: after(minutes),
      channels: ['sms'],
      ...more,
    });
  await message(-2);
  await message(-5, { lane: 0 });
  await message(5);
  await message(-60, { status: 'skipped' });
  await inventRow(db.owner, org, 'pending_events');
  await evaluate(db, org, 0);
  const value = async (id: typeof depth) => (await ruleOf(db, org, id))?.state.value;
  expect([await value(depth), await value(messages), await value(lateness)]).toEqual([3, 2, 300]);
});
