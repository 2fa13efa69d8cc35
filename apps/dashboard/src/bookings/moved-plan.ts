import { instantOf, localOf } from '../i18n/zoned';
import type { PlannedItem, Span } from './plan-line/offset';

/** A planned message, and when it is expected once its booking is moved. */
export interface Expected {
  item: PlannedItem;
  moment: string;
}

/**
 * What moves along with a booking: what is still to be sent and counts from its start or end. Where exactly each then
 * goes is decided by the engine, which knows quiet hours and windows; this is what comes before them.
 */
export const expectedAfter = (items: readonly PlannedItem[], from: Span, to: Span): Expected[] =>
  items.flatMap((item) => {
    const ends = endsOf(item, from, to);
    return ends && item.status === 'scheduled' ? [{ item, moment: movedMoment(item, ends) }] : [];
  });

/** How many messages stand at another moment than before. */
export function movedBetween(before: readonly PlannedItem[], after: readonly PlannedItem[]): number {
  const moments = new Map(before.map(({ message_id, planned_at }) => [message_id, planned_at]));
  return after.filter(({ message_id, planned_at }) => {
    const earlier = moments.get(message_id);
    return earlier !== undefined && earlier !== planned_at;
  }).length;
}

interface Ends {
  before: string;
  after: string;
  zone: string;
}

function endsOf({ timing }: PlannedItem, from: Span, to: Span): Ends | null {
  if (timing?.anchor === 'subject.starts_at')
    return { before: from.starts_at, after: to.starts_at, zone: to.time_zone };
  if (timing?.anchor === 'subject.ends_at')
    return { before: from.ends_at, after: to.ends_at, zone: to.time_zone };
  return null;
}

/** Hours are as long as they are; days are days of the calendar, and a time of day that the step names stays. */
function movedMoment({ planned_at, timing }: PlannedItem, { before, after, zone }: Ends): string {
  if (timing?.offset?.includes('T') && !timing.at)
    return new Date(Date.parse(planned_at) + Date.parse(after) - Date.parse(before)).toISOString();
  const [was, from, to] = [planned_at, before, after].map((at) => localOf(at, zone));
  const wall = (local = '') => Date.parse(`${timing?.at ? local.slice(0, 10) : local}Z`);
  const moved = new Date(Date.parse(`${was}Z`) + wall(timing?.at ? to?.slice(0, 10) : to) - wall(from));
  return instantOf(moved.toISOString().slice(0, 16), zone) ?? planned_at;
}
