import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Weekday } from '@halyard/contracts/primitives';
import { Temporal } from 'temporal-polyfill';
import { withFact } from '../../explain/with-fact.js';
import { addDuration } from '../../time/arithmetic.js';
import type { Facts } from '../run.js';

/** When things happen on an invented way through a flow. */
export interface Calendar {
  startedAt: Date;
  /** The organization's, and that of all who give none. */
  timeZone: string;
  /** Dates that messages and waits count from, by their paths. */
  dates: ReadonlyMap<string, Date>;
  /** How soon awaited events come: right away, or just before they would be too late. */
  events: 'soon' | 'late';
}

const minute = 60_000;
const day = 86_400_000;
/** So far away that nothing else meets what hangs on it. */
const far = 2_000 * day;

/** Dates that are when the flow starts, as what starts it is what they are about. */
const isOfStart = (path: string): boolean =>
  ['event.occurred_at', 'subject.created_at', 'subject.enrolled_at', 'subject.last_activity_at'].includes(
    path,
  );

/** When an awaited event comes to a run that waits for it from one moment to another. */
export const eventMoment = ({ events }: Calendar, from: Date, until: Date): Date =>
  events === 'late' ? until : new Date(Math.min(from.getTime() + minute, until.getTime()));

/** The facts that a calendar knows. */
export const datesOf = ({ dates, timeZone }: Calendar): Facts =>
  [...dates].reduce<Facts>((facts, [path, at]) => withFact(facts, path, at.toISOString()), {
    organization: { time_zone: timeZone },
  });

/** Starts at noon of an ordinary Monday, with every date far away and from the others. */
export function roomyCalendar(definition: FlowDefinition, timeZone: string, startedAt: Date): Calendar {
  const dates = anchorsOf(definition).map(
    (path, n) => [path, new Date(startedAt.getTime() + (isOfStart(path) ? 0 : (n + 1) * far))] as const,
  );
  return { startedAt, timeZone, dates: new Map(dates), events: 'late' };
}

/**
 * Moments at which a flow may start such that messages come close: around every local time and offset that it names, on
 * each day of the week if it names any, and where the clocks change.
 */
export function startsOf(definition: FlowDefinition, timeZone: string): Date[] {
  const monday = Temporal.PlainDate.from('2026-06-01');
  const days = namesWeekdays(definition)
    ? Array.from({ length: 7 }, (_, n) => monday.add({ days: n }))
    : [monday];
  const times = ['12:00', ...turningTimes(definition)];
  // Every day at noon first: what the search gets to is more of a kind than of another.
  const ordinary = times.flatMap((time) => days.map((date) => instantOf(date, time, timeZone)));
  const changes = clockChanges(timeZone).flatMap((date) =>
    [1, 0].flatMap((before) =>
      times.slice(0, 4).map((time) => instantOf(date.subtract({ days: before }), time, timeZone)),
    ),
  );
  return [...ordinary, ...changes];
}

const instantOf = (date: Temporal.PlainDate, time: string, zone: string): Date =>
  new Date(
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds,
  );

function clockChanges(zone: string): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  let at = Temporal.ZonedDateTime.from(`2026-01-01T00:00[${zone}]`).getTimeZoneTransition('next');
  while (at && at.year < 2027) {
    found.push(at.toPlainDate());
    at = at.getTimeZoneTransition('next');
  }
  return found;
}

/** Just before and after where a local time or the end of the day is crossed, moved back by every offset in hours. */
function turningTimes(definition: FlowDefinition): string[] {
  const { at, offsets } = timesIn(definition);
  if (!at.length) return [];
  const turns = [...at, '00:00'].flatMap((time) => [0, ...offsets].map((back) => minutesOf(time) - back));
  const around = turns.flatMap((turn) => [turn - 1, turn, turn + 1]);
  return [...new Set(around.map((turn) => ((turn % 1_440) + 1_440) % 1_440))].map(timeOf).slice(0, 30);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Local times that a definition names, and by how many minutes its durations move the time of day. */
function timesIn(definition: FlowDefinition): { at: string[]; offsets: number[] } {
  const at = new Set<string>();
  const offsets = new Set<number>();
  const note = (time: string | undefined, duration: string | undefined) => {
    if (time) at.add(time);
    const by = duration ? (addDuration(new Date(0), duration, 'UTC').getTime() / minute) % 1_440 : 0;
    if (by) offsets.add(Math.round(by));
  };
  for (const step of definition.steps) {
    if (step.type === 'message') note(step.timing?.at, step.timing?.offset);
    if (step.type === 'wait' && step.wait.for === 'duration') note(undefined, step.wait.duration);
    if (step.type === 'wait' && step.wait.for === 'time') note(step.wait.at, undefined);
    if (step.type === 'wait' && step.wait.for === 'anchor') note(step.wait.at, step.wait.offset);
    if (step.type === 'wait' && step.wait.for === 'event') note(undefined, step.wait.timeout);
    if (step.type === 'n8n_workflow') note(undefined, step.timeout);
  }
  return { at: [...at], offsets: [...offsets] };
}

const namesWeekdays = ({ steps }: FlowDefinition): boolean =>
  steps.some((step) => {
    const named: readonly Weekday[] | undefined =
      step.type === 'message'
        ? step.timing?.weekdays
        : step.type === 'wait' && step.wait.for === 'time'
          ? step.wait.weekdays
          : undefined;
    return named !== undefined;
  });

/** The dates that a definition counts from. */
export function anchorsOf({ steps }: FlowDefinition): string[] {
  const named = steps.flatMap((step) => {
    if (step.type === 'message') return step.timing?.anchor ?? [];
    return step.type === 'wait' && step.wait.for === 'anchor' ? step.wait.anchor : [];
  });
  // A booking begins before it ends, and was made before that.
  const order = ['event.occurred_at', 'subject.created_at', 'subject.starts_at', 'subject.ends_at'];
  return [...new Set(named)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/**
 * Calendars on which a message that hangs on a date falls on another moment: right after the start, or where the other
 * messages are. `moments` are those, for a start.
 */
export function* tightCalendars(
  definition: FlowDefinition,
  roomy: Calendar,
  moments: readonly Date[],
): Generator<Calendar> {
  yield { ...roomy, events: 'soon' };
  const soon = [1, 60].map((minutes) => new Date(roomy.startedAt.getTime() + minutes * minute));
  for (const step of definition.steps) {
    const timing = step.type === 'message' ? step.timing : undefined;
    if (timing?.from !== 'anchor' || !timing.anchor || isOfStart(timing.anchor)) continue;
    for (const moment of [...soon, ...moments]) {
      const date = timing.offset ? addDuration(moment, negated(timing.offset), roomy.timeZone) : moment;
      const dates = new Map([...roomy.dates].map(([path, own]) => [path, isOfStart(path) ? own : date]));
      yield { ...roomy, dates, events: 'soon' };
      yield { ...roomy, dates: new Map([...roomy.dates, [timing.anchor, date]]), events: 'late' };
    }
  }
}

const negated = (duration: string): string =>
  duration.startsWith('-') ? duration.slice(1) : `-${duration.replace('+', '')}`;
