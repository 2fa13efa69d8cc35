import { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import type { AlertId } from '@halyard/core/alerts/rule';
import { expect } from 'vitest';
import { databaseTest as test } from '../testing/database-test.js';
import { inventRow } from '../testing/invented-row.js';
import {
  addRoute,
  addRule,
  after,
  alertsOf,
  audit,
  dead,
  evaluate,
  mended,
  messagesOf,
  ruleOf,
  start,
  urlOf,
} from '../testing/watched-organizations.js';
import { PgAlertRouteStore } from './alert-routes.js';
import { PgAlertRuleStore } from './alert-rules.js';
import { PgAlertStore } from './alerts.js';
import { PgEvaluationStore } from './evaluation.js';

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

test('a route that tells no ends does not tell the beginning of what is over already', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, { name: 'First', resolve_minutes: 1 });
  await addRoute(db, org, { tell_resolved: false, interval_minutes: 10 });
  await dead(db, org);
  await evaluate(db, org, 0);
  await addRule(db, org, { name: 'Short', resolve_minutes: 1 });
  await evaluate(db, org, 1);
  await mended(db, org);
  for (const minute of [2, 3, 4, 10, 11]) await evaluate(db, org, minute);
  expect(await alertsOf(db, org)).toMatchObject([{ status: 'resolved' }, { status: 'resolved' }]);
  expect(await messagesOf(db, org)).toHaveLength(1);
  const store = new PgAlertStore(db.app);
  const found = await Promise.all(
    (await alertsOf(db, org)).map((alert) => store.find(org, alert.id as AlertId)),
  );
  const kinds = found.map((alert) => alert?.entries.map(({ kind }) => kind));
  expect(kinds).toContainEqual(['fired', 'resolved', 'not_notified']);
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

test('of an alert that is told of for months the latest is shown', async ({ db }) => {
  const org = await db.organization();
  await addRule(db, org, {});
  await dead(db, org);
  await evaluate(db, org, 0);
  const [alert] = await alertsOf(db, org);
  await db.owner.query(
    `insert into alert_entries (org_id, alert_id, id, at, kind)
     select $1, $2, ('ffffffff-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, now(), 'reminded' from generate_series(1, 250) n`,
    [org, alert?.id],
  );
  const found = await new PgAlertStore(db.app).find(org, alert?.id as AlertId);
  expect(found?.entries).toHaveLength(200);
  expect(found?.entries.at(-1)?.id).toMatch(/250$/);
});
