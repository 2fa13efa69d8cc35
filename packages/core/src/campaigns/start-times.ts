import type { CampaignSchedule } from '@halyard/contracts/campaigns/campaign';
import { nextLocalTime } from '../time/arithmetic.js';

/**
 * The first start after a moment, in the organization's zone; null when there is none any more. Starts that were missed
 * while nothing ran, or in a pause, are not made up for one by one.
 */
export function nextStart(schedule: CampaignSchedule | null, after: Date, zone: string): Date | null {
  if (!schedule) return null;
  if (schedule.type === 'once') {
    const at = new Date(schedule.at);
    return at > after ? at : null;
  }
  const at = nextLocalTime(after, schedule.time, zone, schedule.weekdays);
  return schedule.until && at > new Date(schedule.until) ? null : at;
}

/** When a paused campaign starts next: what was to happen once still happens, at once if its time is over. */
export function startAfterPause(
  schedule: CampaignSchedule | null,
  nextStartAt: Date | null,
  now: Date,
  zone: string,
): Date | null {
  if (!nextStartAt || nextStartAt > now || schedule?.type !== 'recurring') return nextStartAt;
  return nextStart(schedule, now, zone);
}
