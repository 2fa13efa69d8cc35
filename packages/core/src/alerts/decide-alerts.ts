import type { AlertRule } from '@halyard/contracts/alerts/rule';
import type { AlertId, ScopeReading, WatchedRule } from './rule.js';
import { isReached } from './rule.js';
import type { OpenAlert, Step, Watch } from './step.js';
import { freshWatch, step } from './step.js';

/** What was found out about a rule; `unknown`: nothing, in none of its scopes. */
export type Measured =
  | { kind: 'readings'; readings: readonly ScopeReading[] }
  | { kind: 'unknown'; reason: string };

/** How a rule stood in one scope until now. */
export interface Standing {
  scope: string;
  name: string | null;
  watch: Watch;
  alert: (OpenAlert & { id: AlertId }) | null;
}

/** What becomes of one scope. */
export interface ScopeVerdict extends Step {
  scope: string;
  name: string | null;
  /** The alert that was open before. */
  alertId: AlertId | null;
  /** As it was measured now; null when it could not be. */
  value: number | null;
  reason: string | null;
}

export interface RuleVerdict {
  rule: WatchedRule;
  outcome: Exclude<AlertRule['state']['status'], 'waiting' | 'disabled'>;
  /** The worst of its scopes. */
  value: number | null;
  detail: string | null;
  scopes: ScopeVerdict[];
}

/** From what was measured to what becomes of a rule and its alerts. Pure. */
export function decideAlerts(
  rule: WatchedRule,
  measured: Measured,
  standings: readonly Standing[],
  now: Date,
): RuleVerdict {
  const before = new Map(standings.map((one) => [one.scope, one]));
  const readings = measured.kind === 'readings' ? [...measured.readings, ...goneOf(measured, standings)] : [];
  const all = measured.kind === 'unknown' ? unknownOf(measured.reason, standings) : readings;
  const scopes = all.map((one) => verdictOf(rule, one, before.get(one.scope), now));
  return { rule, ...outcomeOf(rule, measured), scopes };
}

/** Scopes that were there and are not any more. */
const goneOf = (
  { readings }: { readings: readonly ScopeReading[] },
  standings: readonly Standing[],
): ScopeReading[] => {
  const there = new Set(readings.map(({ scope }) => scope));
  return standings
    .filter(({ scope }) => !there.has(scope))
    .map(({ scope, name }) => ({ scope, name, reading: { kind: 'gone' } }));
};

/** Told once, of the organization as a whole, and of every alert that is open. */
function unknownOf(reason: string, standings: readonly Standing[]): ScopeReading[] {
  const reading = { kind: 'unknown', reason } as const;
  const open = standings.filter(({ alert, scope }) => alert !== null && scope !== '');
  return [{ scope: '', name: null, reading }, ...open.map(({ scope, name }) => ({ scope, name, reading }))];
}

function verdictOf(
  rule: WatchedRule,
  { scope, name, reading }: ScopeReading,
  standing: Standing | undefined,
  now: Date,
): ScopeVerdict {
  const next = step(rule, standing?.watch ?? freshWatch, standing?.alert ?? null, reading, now);
  return {
    ...next,
    scope,
    name,
    alertId: standing?.alert?.id ?? null,
    value: reading.kind === 'value' ? reading.value : null,
    reason: 'reason' in reading ? reading.reason : null,
  };
}

function outcomeOf(rule: WatchedRule, measured: Measured): Pick<RuleVerdict, 'outcome' | 'value' | 'detail'> {
  if (measured.kind === 'unknown') return { outcome: 'unknown', value: null, detail: measured.reason };
  const kinds = measured.readings.map(({ reading }) => reading);
  const values = kinds.flatMap((one) => (one.kind === 'value' ? [one.value] : []));
  const value = values.length
    ? rule.comparison === 'at_least'
      ? Math.max(...values)
      : Math.min(...values)
    : null;
  const unknown = kinds.find((one) => one.kind === 'unknown');
  if (value !== null && isReached(rule, value)) return { outcome: 'breached', value, detail: null };
  if (unknown) return { outcome: 'unknown', value, detail: unknown.reason };
  if (value !== null) return { outcome: 'ok', value, detail: null };
  const quiet = kinds.find((one) => one.kind === 'quiet');
  return {
    outcome: 'quiet',
    value: null,
    detail: quiet?.reason ?? 'There is nothing of the kind to look at.',
  };
}
