import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { beforeEach, expect } from 'vitest';
import { PgFlowStore } from '../flows.js';
import { databaseTest as test } from '../testing/database-test.js';
import type { TestDatabase } from '../testing/test-database.js';
import { PgFigureCounter } from './count-figures.js';
import { PgOverviewStore } from './overview-store.js';

interface Fact {
  type?: string;
  at: string;
  payload?: object;
}

/** Recorded long enough ago to be counted at once. */
const insertFact = `insert into events (org_id, id, type, payload, occurred_at, recorded_at)
  values ($1, $2, $3, $4, $5, now() - interval '1 minute')`;
const valuesOf = (org: OrgId, { type = 'message.sent', at, payload = {} }: Fact) => [
  org,
  randomIds<never>(),
  type,
  { channel: 'email', ...payload },
  at,
];
const record = (db: TestDatabase, org: OrgId, fact: Fact) => db.owner.query(insertFact, valuesOf(org, fact));

const state = async (db: TestDatabase) =>
  (await db.owner.query<{ counted_until: Date }>('select counted_until from figures_counted')).rows[0];

/** Counts until all that was committed before is counted. Other databases of the server may hold it up for a moment. */
async function countAll(db: TestDatabase): Promise<void> {
  const counter = new PgFigureCounter(db.worker);
  const { rows } = await db.owner.query<{ at: Date }>(`select now() - interval '30 seconds' as at`);
  await expect
    .poll(async () => {
      await counter.count();
      const { counted_until: until } = (await state(db)) ?? {};
      return until instanceof Date && rows[0] && until > rows[0].at;
    })
    .toBe(true);
}

async function read(db: TestDatabase, org: OrgId, now: string, days = 3) {
  const { figures, today } = await new PgOverviewStore(db.app).read(org, days, new Date(now));
  const lines = figures.map(({ date, channel, kind, count }) => `${date} ${channel} ${kind} ${count}`);
  return { today, lines: lines.sort() };
}

beforeEach<{ db: TestDatabase }>(async ({ db }) => {
  await db.owner.query('truncate events, decisions, figures, flow_figures, event_figures');
  await db.owner.query(`update figures_counted set counted_until = '-infinity', closing_at = null`);
});

test('facts are counted by the days of the organization’s zone, also when the clocks change', async ({
  db,
}) => {
  const org = await db.organization(); // Europe/Berlin
  for (const at of [
    '2026-03-28T22:59:59Z',
    '2026-03-28T23:00:00Z',
    '2026-03-29T21:59:59Z',
    '2026-03-29T22:00:00Z',
  ])
    await record(db, org, { at });
  for (const at of [
    '2025-10-25T21:59:59Z',
    '2025-10-25T22:00:00Z',
    '2025-10-26T22:59:59Z',
    '2025-10-26T23:00:00Z',
  ])
    await record(db, org, { at });
  await countAll(db);
  expect(await read(db, org, '2026-03-30T10:00:00Z')).toEqual({
    today: '2026-03-30',
    lines: ['2026-03-28 email sent 1', '2026-03-29 email sent 2', '2026-03-30 email sent 1'],
  });
  expect((await read(db, org, '2025-10-27T10:00:00Z')).lines).toEqual([
    '2025-10-25 email sent 1',
    '2025-10-26 email sent 2',
    '2025-10-27 email sent 1',
  ]);
  await db.owner.query(`update organization_settings set time_zone = 'Asia/Kathmandu' where org_id = $1`, [
    org,
  ]);
  expect((await read(db, org, '2026-03-30T10:00:00Z')).lines).toEqual([
    '2026-03-29 email sent 2', // 22:59:59Z is 04:44:59 there
    '2026-03-30 email sent 2',
  ]);
});

test('each kind counts by channel, without machines, and with what was not sent', async ({ db }) => {
  const org = await db.organization();
  const other = await db.organization('Another school');
  const at = '2026-05-01T10:00:00Z';
  await record(db, org, { at });
  await record(db, org, { at, payload: { channel: 'sms' } });
  await record(db, other, { at });
  for (const type of ['delivered', 'bounced', 'complained', 'failed', 'unsubscribed', 'replied'])
    await record(db, org, { at, type: `message.${type}` });
  await record(db, org, { at, type: 'message.opened', payload: { machine: false } });
  await record(db, org, { at, type: 'message.opened', payload: { machine: true } });
  await record(db, org, { at, type: 'message.clicked', payload: { machine: false } });
  const message = randomIds<never>();
  await db.owner.query(
    `insert into messages (org_id, id, source, class, channels, planned_at, due_at, status)
     values ($1, $2, 'api', 'service', '{whatsapp, sms}', now(), now(), 'skipped')`,
    [org, message],
  );
  for (const verdict of ['skipped', 'defer'])
    await db.owner.query(
      `insert into decisions (org_id, id, message_id, rule, verdict, at) values ($1, $2, $3, 'consent', $4, $5)`,
      [org, randomIds<never>(), message, verdict, at],
    );
  await countAll(db);
  expect((await read(db, org, at, 1)).lines).toEqual([
    '2026-05-01 email bounced 1',
    '2026-05-01 email clicked 1',
    '2026-05-01 email complained 1',
    '2026-05-01 email delivered 1',
    '2026-05-01 email failed 1',
    '2026-05-01 email opened 1',
    '2026-05-01 email sent 1',
    '2026-05-01 email unsubscribed 1',
    '2026-05-01 sms sent 1',
    '2026-05-01 whatsapp skipped 1',
  ]);
  expect((await read(db, other, at, 1)).lines).toEqual(['2026-05-01 email sent 1']);
});

test('nothing is counted twice, by two workers at once or by looking again', async ({ db }) => {
  const org = await db.organization();
  const at = '2026-05-01T10:00:00Z';
  await record(db, org, { at });
  await countAll(db);
  await record(db, org, { at });
  const counters = Array.from({ length: 4 }, () => new PgFigureCounter(db.worker));
  await Promise.all(counters.map((counter) => counter.count()));
  await countAll(db);
  await countAll(db);
  expect((await read(db, org, at, 1)).lines).toEqual(['2026-05-01 email sent 1']);
  await db.owner.query('truncate figures, flow_figures, event_figures');
  await db.owner.query(`update figures_counted set counted_until = '-infinity', closing_at = null`);
  await countAll(db);
  expect((await read(db, org, at, 1)).lines).toEqual(['2026-05-01 email sent 2']);
});

test('events of every type are counted by quarters of an hour, once', async ({ db }) => {
  const org = await db.organization();
  const counted = async () => {
    const { rows } = await db.owner.query(
      'select type, quarter, count from event_figures where org_id = $1 order by type, quarter',
      [org],
    );
    return rows.map(({ type, quarter, count }) => `${type} ${quarter.toISOString()} ${count}`);
  };
  for (const minute of ['10:00', '10:14', '10:15'])
    await record(db, org, { type: 'contact.created', at: `2026-05-01T${minute}:00Z` });
  await record(db, org, { type: 'lamp.lit', at: '2026-05-01T10:15:00Z', payload: { channel: null } });
  await countAll(db);
  await countAll(db);
  expect(await counted()).toEqual([
    'contact.created 2026-05-01T10:00:00.000Z 2',
    'contact.created 2026-05-01T10:15:00.000Z 1',
    'lamp.lit 2026-05-01T10:15:00.000Z 1',
  ]);
});

test('what is recorded but not committed yet is waited for', async ({ db }) => {
  const org = await db.organization();
  const at = '2026-05-01T10:00:00Z';
  await record(db, org, { at });
  const late = await db.owner.connect();
  try {
    await late.query('begin');
    await late.query(insertFact, valuesOf(org, { at }));
    const counter = new PgFigureCounter(db.worker);
    for (let round = 0; round < 5; round++) expect(await counter.count()).toBe(false);
    expect((await read(db, org, at, 1)).lines).toEqual([]);
    await late.query('commit');
  } finally {
    late.release(true);
  }
  await countAll(db);
  expect((await read(db, org, at, 1)).lines).toEqual(['2026-05-01 email sent 2']);
});

test('a flow tells what it has under way and what it sent in 30 days', async ({ db }) => {
  const org = await db.organization();
  const [flow, version, contact] = [1, 2, 3].map(() => randomIds<never>());
  await db.owner.query(`insert into flows (org_id, id, key, name) values ($1, $2, 'drip', 'Drip')`, [
    org,
    flow,
  ]);
  await db.owner.query(
    `insert into flow_versions (org_id, id, flow_id, number, definition, trigger_type) values ($1, $2, $3, 1, '{}', 'event')`,
    [org, version, flow],
  );
  await db.owner.query('insert into contacts (org_id, id) values ($1, $2)', [org, contact]);
  for (const status of ['active', 'active', 'completed'])
    await db.owner.query(
      `insert into runs (org_id, id, flow_id, version_id, contact_id, status, position, started_at)
       values ($1, $2, $3, $4, $5, $6, '{}', now())`,
      [org, randomIds<never>(), flow, version, contact, status],
    );
  await db.owner.query(
    `insert into messages (org_id, id, flow_id, source, class, channels, planned_at, due_at)
     values ($1, $2, $3, 'flow', 'service', '{sms}', now(), now())`,
    [org, randomIds<never>(), flow],
  );
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  for (const days of [0, 29, 31]) await record(db, org, { at: ago(days), payload: { flow_id: flow } });
  await countAll(db);
  const { items } = await new PgFlowStore(db.app).list(org, { limit: 10 });
  expect(items.map(({ figures }) => figures)).toEqual([
    { active_runs: 2, planned_messages: 1, sent_30_days: 2 },
  ]);
});

test('what stands open now is counted', async ({ db }) => {
  const org = await db.organization();
  const now = new Date('2026-05-01T10:00:00Z');
  const message = (due: string, status: string) =>
    db.owner.query(
      `insert into messages (org_id, id, source, class, channels, planned_at, due_at, status)
       values ($1, $2, 'api', 'service', '{sms}', $3, $3, $4)`,
      [org, randomIds<never>(), due, status],
    );
  await message('2026-05-02T09:59:00Z', 'scheduled');
  await message('2026-05-02T10:01:00Z', 'scheduled');
  await message('2026-04-01T10:00:00Z', 'unknown');
  await db.owner.query(
    `insert into connections (org_id, id, name, provider, channels, webhook_token, breaker_state)
     values ($1, $2, 'x', 'sandbox', '{sms}', $3, 'half_open')`,
    [org, randomIds<never>(), 'token'],
  );
  expect((await new PgOverviewStore(db.app).read(org, 1, now)).now).toEqual({
    scheduled: 2,
    due_next_day: 1,
    unknown: 1,
    open_review_items: 0,
    open_breakers: 1,
  });
});
