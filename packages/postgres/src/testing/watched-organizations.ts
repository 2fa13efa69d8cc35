import { AlertRouteInput } from '@halyard/contracts/alerts/alert-route';
import { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import { automation } from '@halyard/core/actor';
import type { AlertId, AlertRouteId, AlertRuleId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgAlertRouteStore } from '../alerts/alert-routes.js';
import { PgAlertRuleStore } from '../alerts/alert-rules.js';
import { PgAlertStore } from '../alerts/alerts.js';
import { PgEvaluationStore } from '../alerts/evaluation.js';
import { inventRow } from './invented-row.js';
import type { TestDatabase } from './test-database.js';

export const audit = { actor: automation('test'), action: 'test' };
export const urlOf = (id: AlertId) => `https://halyard.example/alerts?id=${id}`;
export const start = new Date('2026-05-01T10:00:00Z');
export const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

export const addRule = async (db: TestDatabase, org: OrgId, input: object) => {
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

export const addRoute = async (db: TestDatabase, org: OrgId, input: object = {}) => {
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
export const evaluate = (db: TestDatabase, org: OrgId, minutes: number) =>
  new PgEvaluationStore(db.worker, urlOf).evaluate(org, after(minutes - 0.9), after(minutes));

export const dead = (db: TestDatabase, org: OrgId) =>
  inventRow(db.owner, org, 'review_items', { kind: 'dead_message', status: 'open' });
export const mended = (db: TestDatabase, org: OrgId) =>
  db.owner.query(`update review_items set status = 'resolved' where org_id = $1`, [org]);

export const alertsOf = async (db: TestDatabase, org: OrgId) =>
  (await new PgAlertStore(db.app).list(org, { limit: 50 })).items;
export const ruleOf = (db: TestDatabase, org: OrgId, id: AlertRuleId) =>
  new PgAlertRuleStore(db.app).find(org, id);
export const messagesOf = async (db: TestDatabase, org: OrgId) =>
  (
    await db.owner.query(
      'select source, class, target, subject_type, variables from messages where org_id = $1 order by id',
      [org],
    )
  ).rows;
