import type { CampaignSchedule } from '../data/campaigns';
import { dayOf, instantOf, localOf } from '../i18n/zoned';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** What the form of a schedule holds: times on the clock of the organization's zone, as inputs write them. */
export interface ScheduleDraft {
  type: CampaignSchedule['type'];
  at: string;
  time: string;
  weekdays: readonly Weekday[];
  until: string;
}

const morning = '09:00';
const day = 86_400_000;

/** As it is scheduled; without a schedule tomorrow morning is proposed. */
export function draftOf(schedule: CampaignSchedule | null, zone: string, now = Date.now()): ScheduleDraft {
  const empty = {
    type: 'once' as const,
    at: `${dayOf(now + day, zone)}T${morning}`,
    time: morning,
    weekdays: [],
    until: '',
  };
  if (!schedule) return empty;
  if (schedule.type === 'once') return { ...empty, at: localOf(schedule.at, zone) };
  return {
    ...empty,
    type: 'recurring',
    time: schedule.time.slice(0, 5),
    weekdays: schedule.weekdays ?? [],
    until: schedule.until ? dayOf(schedule.until, zone) : '',
  };
}

/** As the API wants it; null when it is no time, or one that has passed. `until`: that day still counts. */
export function scheduleOf(draft: ScheduleDraft, zone: string, now: number): CampaignSchedule | null {
  if (draft.type === 'once') {
    const at = instantOf(draft.at, zone);
    return at && Date.parse(at) > now ? { type: 'once', at } : null;
  }
  if (!/^\d\d:\d\d$/.test(draft.time)) return null;
  const until = draft.until ? instantOf(`${draft.until}T23:59`, zone) : null;
  if (until && Date.parse(until) <= now) return null;
  return {
    type: 'recurring',
    time: draft.time,
    ...(draft.weekdays.length &&
      draft.weekdays.length < weekdays.length && { weekdays: [...draft.weekdays] }),
    ...(until && { until }),
  };
}
