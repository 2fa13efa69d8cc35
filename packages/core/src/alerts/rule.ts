import type { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import type { Id } from '../ids.js';

export type AlertRuleId = Id<'alert_rule'>;
export type AlertId = Id<'alert'>;
export type AlertRouteId = Id<'alert_route'>;
export type FailureId = Id<'failure'>;

/** What is watched, as people wrote it. */
export type WatchedRule = AlertRuleInput & { id: AlertRuleId };

/**
 * How a metric stands. `quiet`: too little happened to say, which is neither reached nor unknown. `unknown`: it could not be
 * measured. `gone`: what it was about is not there any more.
 */
export type Reading =
  | { kind: 'value'; value: number }
  | { kind: 'quiet'; reason: string }
  | { kind: 'unknown'; reason: string }
  | { kind: 'gone' };

/** A reading of one scope: the organization as a whole (''), or one of several, such as a connection. */
export interface ScopeReading {
  scope: string;
  name: string | null;
  reading: Reading;
}

type Threshold = Pick<AlertRuleInput, 'comparison' | 'threshold' | 'resolve_threshold'>;

const reaches = (value: number, comparison: AlertRuleInput['comparison'], threshold: number): boolean =>
  comparison === 'at_least' ? value >= threshold : value <= threshold;

/** It is so bad that the rule fires. */
export const isReached = ({ comparison, threshold }: Threshold, value: number): boolean =>
  reaches(value, comparison, threshold);

/** It is so much better that it is over. Between the two thresholds it is neither. */
export const isRecovered = (
  { comparison, threshold, resolve_threshold }: Threshold,
  value: number,
): boolean => !reaches(value, comparison, resolve_threshold ?? threshold);
