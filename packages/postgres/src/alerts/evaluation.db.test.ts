import { AlertRouteInput } from '@halyard/contracts/alerts/alert-route';
import { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import { automation } from '@halyard/core/actor';
import type { AlertId, AlertRouteId, AlertRuleId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { beforeEach, expect } from 'vitest';
import { databaseTest as test } from '../testing/database-test.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { PgAlertRouteStore } from './alert-routes.js';
import { PgAlertRuleStore } from './alert-rules.js';
import { PgAlertStore } from './alerts.js';
import { PgEvaluationStore } from './evaluation.js';

const audit = { actor: automation('test'), action: 'test' };
const urlOf = (_orgId: OrgId, id: AlertId) => `https://halyard.example/alerts?id=${id}`;
const start = new Date('2026-05-01T10:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

const addRule = async (db: TestDatabase, org: OrgId, input: object) => {
  const id = randomIds<AlertRuleId>();
  const rule = AlertRuleInput.parse({
    name: 'Rule',
    metric: 'dead_messages',
    threshold: 1,
    resolve_minutes: 0,
    ...input,
  });
  await new PgAlertRuleStore(db.app).insert(org, { id, key: null, input: rule }, audit);
  return id;
};

const addRoute = async (db: TestDatabase, org: OrgId, input: object = {}) => {
  const id = randomIds<AlertRouteId>();
  const route = AlertRouteInput.parse({
    name: 'Ops',
    severities: ['warning', 'critical'],
    target: { type: 'message', channel: 'email', to: 'ops@example.org' },
    ...input,
  });
  await new PgAlertRouteStore(db.app, urlOf).insert(org, id, route, audit);
  return id;
};

/** One evaluation a minute. */
const evaluate = (db: TestDatabase, org: OrgId, minutes: number) =>
  new PgEvaluationStore(db.worker, urlOf).evaluate(org, after(minutes - 0.9), after(minutes));

const dead = (db: TestDatabase, org: OrgId) =>
  inventRow(db.owner, org, 'review_items', { kind: 'dead_message', status: 'open' });
const mended = (db: TestDatabase, org: OrgId) =>
  db.owner.query(`update review_items set status = 'resolved' where org_id = $1`, [org]);

const alertsOf = async (db: TestDatabase, org: OrgId) =>
  (await new PgAlertStore(db.app).list(org, { limit: 50 })).items;
const ruleOf = (db: TestDatabase, org: OrgId, id: AlertRuleId) => new PgAlertRuleStore(db.app).find(org, id);
const messagesOf = async (db: TestDatabase, org: OrgId) =>
  (
    await db.owner.query(
      'select source, class, target, subject_type, variables from messages where org_id = $1 order by id',
      [org],
    )
  ).rows;

beforeEach<{ db: TestDatabase }>(async ({ db }) => {
  await db.owner.query(`update figures_counted set counted_until = $1`, [start]);
});

test('of several workers one evaluates an organization, once in an interval, and fires one alert', async ({
  db,
}) => {
  const org = await db.organization();
  await addRule(db, org, {});
  await dead(db, org);
  const store = new PgEvaluationStore(db.worker, urlOf);
  expect(await store.due(after(-1))).toContain(org);
  const done = await Promise.all(Array.from({ length: 4 }, () => evaluate(db, org, 0)));
  expect(done.filter((one) => one)).toHaveLength(1);
  expect(await evaluate(db, org, 0.5)).toBe(false);
  expect(await store.due(after(-1))).not.toContain(org);
  expect(await evaluate(db, org, 1)).toBe(true);
  expect(await alertsOf(db, org)).toMatchObject([
    { status: 'firing', value: 1, cause: 'threshold', scope: '' },
  ]);
});

test('what fires is told in one message for all, is over by itself, and all of it stands in its timeline', async ({
  db,
}) => {
  const org = await db.organization();
  await addRule(db, org, { name: 'One', resolve_minutes: 2 });
  await addRule(db, org, { name: 'Two', severity: 'critical', resolve_minutes: 2 });
  await addRoute(db, org);
  await dead(db, org);
  await evaluate(db, org, 0);
  const [told] = await messagesOf(db, org);
  expect(told).toMatchObject({
    source: 'system',
    class: 'transactional',
    subject_type: 'alert',
    target: { email: 'ops@example.org' },
  });
  expect(told.variables.lines.map(({ title }: { title: string }) => title)).toEqual([
    '[Critical] Two: firing',
    '[Warning] One: firing',
  ]);
  await mended(db, org);
  for (const minute of [1, 2, 3, 4]) await evaluate(db, org, minute);
  expect(await alertsOf(db, org)).toMatchObject([{ status: 'resolved' }, { status: 'resolved' }]);
  expect(await messagesOf(db, org)).toHaveLength(1); // the route told something less than five minutes ago
  await evaluate(db, org, 5);
  expect(await messagesOf(db, org)).toHaveLength(2);
  const [alert] = await alertsOf(db, org);
  const detail = await new PgAlertStore(db.app).find(org, alert?.id as AlertId);
  expect(detail?.entries.map(({ kind }) => kind)).toEqual(['fired', 'notified', 'resolved', 'notified']);
  expect(detail?.entries[1]?.message_id).not.toBeNull();
});

test('people are reminded, unless somebody takes care; what nobody is told of says so', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, { repeat_minutes: 30 });
  await addRule(db, org, { name: 'Unheard', severity: 'info' });
  await addRoute(db, org, { interval_minutes: 1 });
  await dead(db, org);
  for (const minute of [0, 10, 20, 30, 40]) await evaluate(db, org, minute);
  expect(await messagesOf(db, org)).toHaveLength(2);
  const [unheard, alert] = await alertsOf(db, org);
  const store = new PgAlertStore(db.app);
  const { entries } = (await store.find(org, unheard?.id as AlertId)) ?? {};
  expect(entries?.map(({ kind }) => kind)).toEqual(['fired', 'not_notified']);
  await store.act(org, alert?.id as AlertId, { kind: 'acknowledge', note: 'mine' }, after(41), audit);
  for (const minute of [60, 90]) await evaluate(db, org, minute);
  expect(await messagesOf(db, org)).toHaveLength(2);
});

test('called over by a person, what is still so is let be until the next reminder, or until it was over', async ({
  db,
}) => {
  const org = await db.organization();
  await addRule(db, org, { repeat_minutes: 30 });
  await dead(db, org);
  await evaluate(db, org, 0);
  const [alert] = await alertsOf(db, org);
  const store = new PgAlertStore(db.app);
  const resolve = { kind: 'resolve', note: null } as const;
  await store.act(org, alert?.id as AlertId, resolve, after(0.5), audit);
  expect(await store.act(org, alert?.id as AlertId, resolve, after(0.6), audit)).toMatchObject({
    kind: 'refused',
  });
  for (const minute of [1, 15, 30]) await evaluate(db, org, minute);
  expect(await alertsOf(db, org)).toHaveLength(1);
  await evaluate(db, org, 31);
  expect(await alertsOf(db, org)).toMatchObject([{ status: 'firing' }, { status: 'resolved' }]);
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
  expect(await state()).toEqual({ value: null, detail: 'Only 19 messages in the window.' });
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

test('a route to an endpoint tells that one alone; one whose endpoint is gone says so', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, {});
  const [told, other] = [
    await inventRow(db.owner, org, 'endpoints', { event_types: ['contact.created'] }),
    await inventRow(db.owner, org, 'endpoints', { event_types: ['alert.fired'] }),
  ];
  const endpoint_id = String(told.id);
  await addRoute(db, org, { target: { type: 'endpoint', endpoint_id }, interval_minutes: 1 });
  await dead(db, org);
  await evaluate(db, org, 0);
  const { rows } = await db.owner.query(
    `select o.type, d.endpoint_id, o.payload from deliveries d join outbox o on o.id = d.outbox_id
     where d.org_id = $1 order by o.type`,
    [org],
  );
  expect(rows).toMatchObject([
    { type: 'alert.fired', endpoint_id: other.id, payload: { status: 'firing', value: 1 } },
    {
      type: 'alert.notification',
      endpoint_id,
      payload: { test: false, alerts: [{ kind: 'fired', value: 1 }] },
    },
  ]);
  await db.owner.query('delete from endpoints where id = $1', [endpoint_id]);
  await mended(db, org);
  await evaluate(db, org, 5);
  const [route] = (await new PgAlertRouteStore(db.app, urlOf).list(org, { limit: 10 })).items;
  expect(route).toMatchObject({ problem: 'Its endpoint was removed.', waiting: 0 });
});

test('disabling or removing a rule ends its alerts', async ({ db }) => {
  const org = await db.organization();
  const rules = new PgAlertRuleStore(db.app);
  const [one, two] = [await addRule(db, org, { name: 'One' }), await addRule(db, org, { name: 'Two' })];
  await dead(db, org);
  await evaluate(db, org, 0);
  const input = AlertRuleInput.parse({ name: 'One', metric: 'dead_messages', threshold: 1, enabled: false });
  await rules.update(org, one, input, after(1), audit);
  await rules.remove(org, two, after(1), audit);
  expect(await alertsOf(db, org)).toMatchObject([
    { rule_name: 'Two', status: 'resolved', rule_id: null },
    { rule_name: 'One', status: 'resolved', rule_id: one },
  ]);
});

test('another organization sees nothing of it', async ({ db }) => {
  const [org, other] = [await db.organization(), await db.organization('Another school')];
  const rule = await addRule(db, org, {});
  const route = await addRoute(db, org);
  await dead(db, org);
  await evaluate(db, org, 0);
  const [alert] = await alertsOf(db, org);
  const store = new PgAlertStore(db.app);
  expect(await alertsOf(db, other)).toEqual([]);
  expect(await store.find(other, alert?.id as AlertId)).toBeNull();
  expect(
    await store.act(other, alert?.id as AlertId, { kind: 'resolve', note: null }, start, audit),
  ).toBeNull();
  expect(await ruleOf(db, other, rule)).toBeNull();
  expect(await new PgAlertRouteStore(db.app, urlOf).find(other, route)).toBeNull();
  expect((await store.counts(other)).open).toEqual([]);
});
