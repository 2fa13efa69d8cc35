import type { Alert, AlertRule, Severity } from '../data/alerts';
import type { Signal } from '../design/flag';

/** What flag an alert flies: bad while it goes on and nobody cares for it. */
export function signalOfAlert({ status, severity }: Pick<Alert, 'status' | 'severity'>): Signal {
  if (status === 'resolved') return 'good';
  if (status === 'silenced') return 'lowered';
  if (status === 'acknowledged') return 'waiting';
  return signalOfSeverity[severity];
}

export const signalOfSeverity: Record<Severity, Signal> = {
  info: 'waiting',
  warning: 'unsure',
  error: 'bad',
  critical: 'bad',
};

export const signalOfRule: Record<AlertRule['state']['status'], Signal> = {
  ok: 'good',
  quiet: 'good',
  breached: 'bad',
  unknown: 'unsure',
  waiting: 'waiting',
  disabled: 'lowered',
};
