import { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import { expect, test } from 'vitest';
import { countedIds } from '../ids.js';
import type { Standing } from './decide-alerts.js';
import { decideAlerts } from './decide-alerts.js';
import type { Reading } from './rule.js';
import { freshWatch } from './step.js';

const newId = countedIds();
const now = new Date('2026-05-01T10:00:00Z');
const rule = (input: object = {}) => ({
  ...AlertRuleInput.parse({ name: 'Left alone', metric: 'breaker_open', threshold: 1, ...input }),
  id: newId<never>(),
});
const read = (scope: string, reading: Reading) => ({ scope, name: `Name of ${scope}`, reading });
const value = (number: number): Reading => ({ kind: 'value', value: number });
const firing = (scope: string): Standing => ({
  scope,
  name: `Name of ${scope}`,
  watch: freshWatch,
  alert: { id: newId(), status: 'firing', cause: 'threshold', silencedUntil: null, notifiedAt: now },
});

test('each scope goes its own way, and the rule shows the worst', () => {
  const readings = [read('a', value(1)), read('b', value(0))];
  const verdict = decideAlerts(rule(), { kind: 'readings', readings }, [firing('c')], now);
  expect(verdict).toMatchObject({ outcome: 'breached', value: 1 });
  expect(verdict.scopes.map(({ scope, notice }) => [scope, notice])).toEqual([
    ['a', 'fired'],
    ['b', null],
    ['c', 'resolved'],
  ]);
});

test('of few things the fewest are the worst', () => {
  const few = rule({ metric: 'contacts_created', comparison: 'at_most', threshold: 3 });
  const readings = [read('', value(9)), read('x', value(2))];
  expect(decideAlerts(few, { kind: 'readings', readings }, [], now)).toMatchObject({
    outcome: 'breached',
    value: 2,
  });
});

test('when nothing can be measured no alert ends, and the rule says why', () => {
  const verdict = decideAlerts(
    rule(),
    { kind: 'unknown', reason: 'The database is busy.' },
    [firing('a')],
    now,
  );
  expect(verdict).toMatchObject({ outcome: 'unknown', value: null, detail: 'The database is busy.' });
  expect(verdict.scopes).toMatchObject([
    { scope: '', alert: null, watch: { unknownSince: now } },
    { scope: 'a', alert: { status: 'firing' }, notice: null },
  ]);
});

test('nothing to look at is quiet, not well', () => {
  expect(decideAlerts(rule(), { kind: 'readings', readings: [] }, [], now)).toMatchObject({
    outcome: 'quiet',
    value: null,
  });
});
