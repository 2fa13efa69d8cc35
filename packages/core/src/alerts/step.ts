import type { Alert } from '@halyard/contracts/alerts/alert';
import type { Reading, WatchedRule } from './rule.js';
import { isReached, isRecovered } from './rule.js';

/**
 * A rule in one scope, from one look at it to the next:
 *
 *     (nothing) ──reached for for_minutes──► firing ──► acknowledged | silenced ──not reached for resolve_minutes──► resolved
 *         ▲      or unknown for long           ▲              │ its time is over
 *         │                                    └──────────────┘
 *         └── held: a person called it over, and it was not over in between
 */
export interface Watch {
  breachedSince: Date | null;
  recoveredSince: Date | null;
  unknownSince: Date | null;
  /** Until then a metric that is still reached is let be. */
  heldUntil: Date | null;
}

export const freshWatch: Watch = {
  breachedSince: null,
  recoveredSince: null,
  unknownSince: null,
  heldUntil: null,
};

/** The alert that is open; of one rule and scope there is never a second. */
export interface OpenAlert {
  status: Exclude<Alert['status'], 'resolved'>;
  cause: Alert['cause'];
  silencedUntil: Date | null;
  /** When people were told of it last, or would have been. */
  notifiedAt: Date | null;
}

export type Happening =
  | { kind: 'fired'; cause: Alert['cause'] }
  | { kind: 'reminded' | 'silence_ended' | 'unmeasured' | 'measured' }
  | { kind: 'resolved'; note: string | null };

/** What people are told. */
export type Notice = 'fired' | 'reminded' | 'resolved';

export interface Step {
  watch: Watch;
  /** Null when there is none, or none any more. */
  alert: OpenAlert | null;
  happened: Happening[];
  notice: Notice | null;
}

type Rule = Pick<
  WatchedRule,
  | 'comparison'
  | 'threshold'
  | 'resolve_threshold'
  | 'for_minutes'
  | 'resolve_minutes'
  | 'repeat_minutes'
  | 'on_unknown'
>;

const minute = 60_000;
/** A single look that failed says little; a quarter of an hour without any is news. */
const unknownMinutes = 15;

const lasts = (since: Date | null, minutes: number, now: Date): boolean =>
  since !== null && now.getTime() - since.getTime() >= minutes * minute;

/** Looks at one scope once. Pure: what is written and told follows from it. */
export function step(rule: Rule, before: Watch, alert: OpenAlert | null, reading: Reading, now: Date): Step {
  if (reading.kind === 'gone') return gone(alert);
  const watch = watched(rule, before, alert, reading, now);
  return alert ? whileOpen(rule, before, watch, alert, now) : whileClosed(rule, watch, now);
}

function gone(alert: OpenAlert | null): Step {
  const over = { watch: freshWatch, alert: null };
  if (!alert) return { ...over, happened: [], notice: null };
  const note = 'What it was about is not there any more.';
  return { ...over, happened: [{ kind: 'resolved', note }], notice: silent(alert) ? null : 'resolved' };
}

const silent = ({ status }: OpenAlert): boolean => status === 'silenced';

/** Since when it is how it is. What is unknown neither breaks a breach off nor counts as recovered. */
function watched(
  rule: Rule,
  before: Watch,
  alert: OpenAlert | null,
  reading: Exclude<Reading, { kind: 'gone' }>,
  now: Date,
): Watch {
  if (reading.kind === 'unknown')
    return { ...before, recoveredSince: null, unknownSince: before.unknownSince ?? now };
  const reached = reading.kind === 'value' && isReached(rule, reading.value);
  const recovered =
    reading.kind === 'quiet' ||
    isRecovered(rule, reading.value) ||
    (alert?.cause === 'unmeasured' && !reached); // it is known again, which is what was missed
  const held = before.heldUntil !== null && before.heldUntil > now && !recovered;
  return {
    breachedSince: reached && !held ? (before.breachedSince ?? now) : null,
    recoveredSince: alert && recovered ? (before.recoveredSince ?? now) : null,
    unknownSince: null,
    heldUntil: held ? before.heldUntil : null,
  };
}

function whileClosed(rule: Rule, watch: Watch, now: Date): Step {
  const held = watch.heldUntil !== null && watch.heldUntil > now;
  const known = watch.unknownSince === null;
  const cause =
    known && lasts(watch.breachedSince, rule.for_minutes, now)
      ? 'threshold'
      : !known && !held && rule.on_unknown === 'alert' && lasts(watch.unknownSince, unknownMinutes, now)
        ? 'unmeasured'
        : null;
  if (cause === null) return { watch, alert: null, happened: [], notice: null };
  const alert: OpenAlert = { status: 'firing', cause, silencedUntil: null, notifiedAt: now };
  return { watch, alert, happened: [{ kind: 'fired', cause }], notice: 'fired' };
}

function whileOpen(rule: Rule, before: Watch, watch: Watch, alert: OpenAlert, now: Date): Step {
  const known = watch.unknownSince === null;
  const happened: Happening[] = [];
  if (known !== (before.unknownSince === null)) happened.push({ kind: known ? 'measured' : 'unmeasured' });
  if (known && lasts(watch.recoveredSince, rule.resolve_minutes, now)) {
    happened.push({ kind: 'resolved', note: null });
    return { watch: freshWatch, alert: null, happened, notice: silent(alert) ? null : 'resolved' };
  }
  const awake = silent(alert) && alert.silencedUntil !== null && alert.silencedUntil <= now;
  const cause = known && watch.breachedSince ? 'threshold' : alert.cause;
  const current: OpenAlert = awake
    ? { ...alert, cause, status: 'firing', silencedUntil: null }
    : { ...alert, cause };
  if (awake) happened.push({ kind: 'silence_ended' });
  if (current.status !== 'firing' || !isReminderDue(rule, current, now))
    return { watch, alert: current, happened, notice: null };
  happened.push({ kind: 'reminded' });
  return { watch, alert: { ...current, notifiedAt: now }, happened, notice: 'reminded' };
}

const isReminderDue = (rule: Rule, { notifiedAt }: OpenAlert, now: Date): boolean =>
  notifiedAt === null || lasts(notifiedAt, rule.repeat_minutes, now);
