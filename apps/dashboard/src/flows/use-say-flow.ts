'use client';
import type { Step, Timing, Trigger, WaitStep } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { isNegative, partsOf } from '../conditions/durations';
import { useFactName } from '../conditions/use-fact-name';
import { useSayCondition } from '../conditions/use-say-condition';
import { useSayDuration } from '../conditions/use-say-duration';
import { useSayTimes } from './use-say-times';

/** Sentences about what a definition holds, in the reader's language. */
export function useSayFlow(steps: Readonly<Record<string, string>> = {}) {
  const t = useTranslations('flow.say');
  const sayCondition = useSayCondition(steps);
  const sayDuration = useSayDuration();
  const factName = useFactName(steps);
  const { sayCron, sayWeekdays } = useSayTimes();

  const eventName = (type: string): string => {
    const known = `events.${type}` as Parameters<typeof t>[0];
    return t.has(known) ? t(known as 'events.booking.created') : t('event', { type });
  };

  /** The date that moments count from, as it stands after "before" or "after". */
  const anchorName = (path: string): string => {
    const known = `anchors.${path}` as Parameters<typeof t>[0];
    return t.has(known) ? t(known as 'anchors.subject.starts_at') : factName(path);
  };

  const fromDate = (anchor: string, offset: string | undefined): string => {
    const date = anchorName(anchor);
    if (!offset || partsOf(offset).length === 0) return t('onDate', { date });
    const length = sayDuration(offset);
    return isNegative(offset) ? t('beforeDate', { length, date }) : t('afterDate', { length, date });
  };

  const clock = (at: string | undefined, weekdays: Timing['weekdays']): string =>
    [at && t('at', { time: at }), weekdays && t('onDays', { days: sayWeekdays(weekdays) })]
      .filter(Boolean)
      .map((text) => `, ${text}`)
      .join('');

  /** `earlier`: the steps above, of which messages and waits are what moments count from. */
  function moment(timing: Timing | undefined, earlier: readonly Step[]): string {
    const before = earlier.findLast(({ type }) => type === 'message' || type === 'wait');
    const after = before === undefined ? 'first' : before.type === 'wait' ? 'wait' : 'other';
    if (!timing) return t(`atOnce.${after}`);
    const { from, anchor, offset } = timing;
    const tail = clock(timing.at, timing.weekdays);
    if (from === 'anchor') return fromDate(anchor ?? 'subject.starts_at', offset) + tail;
    const length = offset && partsOf(offset).length > 0 ? sayDuration(offset) : null;
    if (from === 'start') return (length ? t('afterStart', { length }) : t('atStart')) + tail;
    return (length ? t(`later.${after}`, { length }) : t(`atOnce.${after}`)) + tail;
  }

  function wait({ wait }: WaitStep): string {
    switch (wait.for) {
      case 'duration':
        return t('waitDuration', { length: sayDuration(wait.duration) });
      case 'time':
        return t('waitTime', { time: wait.at }) + clock(undefined, wait.weekdays);
      case 'anchor':
        return t('waitDate', { when: fromDate(wait.anchor, wait.offset) }) + clock(wait.at, undefined);
      case 'event':
        return t('waitEvent', { event: eventName(wait.event), length: sayDuration(wait.timeout) });
    }
  }

  function trigger(given: Trigger): string {
    switch (given.type) {
      case 'event': {
        const event = eventName(given.event);
        return given.filter ? t('if', { event, condition: sayCondition(given.filter) }) : event;
      }
      case 'schedule':
        return sayCron(given.cron);
      case 'api':
      case 'manual':
        return t(`triggers.${given.type}`);
    }
  }
  return { moment, wait, trigger, eventName, anchorName, sayCondition, sayDuration };
}
