import type { Alert } from '@halyard/contracts/alerts/alert';
import { hasWindow, isRate } from '@halyard/contracts/alerts/rule';
import { alertWords } from './alert-words.js';
import type { WatchedRule } from './rule.js';

type Rule = Pick<WatchedRule, 'metric' | 'filter' | 'window_minutes' | 'comparison' | 'threshold'>;

export interface Found {
  cause: Alert['cause'];
  value: number | null;
  /** Why there is no value. */
  reason: string | null;
  /** The connection, or whatever the scope is called. */
  name: string | null;
}

/** One sentence that says how a metric stands and what its limit is. */
export function summaryOf(rule: Rule, { cause, value, reason, name }: Found, locale: string): string {
  const words = alertWords(locale);
  if (cause === 'unmeasured' || value === null) return words.unmeasured(reason ?? '—');
  const written = (number: number) => withUnit(rule.metric, number, locale);
  const of =
    name ?? rule.filter.channel ?? rule.filter.event_type ?? rule.filter.service ?? rule.filter.queue ?? '';
  const window = hasWindow(rule.metric) ? words.within(...spanOf(rule.window_minutes)) : '';
  const limit = rule.metric === 'breaker_open' ? '' : words.limit[rule.comparison](written(rule.threshold));
  return `${words.metrics[rule.metric]({ value: written(value), of })}${window}${limit}.`;
}

function withUnit(metric: Rule['metric'], number: number, locale: string): string {
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(number);
  if (isRate(metric)) return `${text} %`;
  return metric === 'lateness' ? `${text} s` : text;
}

function spanOf(minutes: number): [number, 'minutes' | 'hours' | 'days'] {
  if (minutes % 1_440 === 0 && minutes > 1_440) return [minutes / 1_440, 'days'];
  return minutes % 60 === 0 && minutes > 60 ? [minutes / 60, 'hours'] : [minutes, 'minutes'];
}
