import type { FlowDefinition, MessageStep, WaitStep } from '@halyard/contracts/flows/definition';
import { instantAt } from '../conditions/facts.js';
import { addDuration, atLocalTime, nextLocalTime, nextWeekday } from '../time/arithmetic.js';
import type { Facts, PassedMessage } from './run.js';
import { resolveZone } from './zone-of.js';

/** What the moment of a step is counted from. */
export interface Reckoning {
  definition: FlowDefinition;
  facts: Facts;
  startedAt: Date;
  /** When the run reached the step. */
  reachedAt: Date;
  /** The moment of the message before, if no wait lies between; else when the step was reached. */
  previous: Date;
}

/** The instant a message is meant for, before asking whether it is over; null when its anchor has no date. */
export function messageMoment(step: MessageStep, reckoning: Reckoning): Date | null {
  const { timing } = step;
  if (!timing) return reckoning.previous;
  const zone = messageZone(step, reckoning.definition, reckoning.facts);
  const from = origin(timing, reckoning);
  if (!from) return null;
  const shifted = timing.offset ? addDuration(from, timing.offset, zone) : from;
  const atTime = timing.at ? atLocalTime(shifted, timing.at, zone) : shifted;
  return nextWeekday(atTime, timing.weekdays, zone);
}

function origin(timing: NonNullable<MessageStep['timing']>, reckoning: Reckoning): Date | null {
  switch (timing.from) {
    case 'previous':
      return reckoning.previous;
    case 'start':
      return reckoning.startedAt;
    case 'anchor':
      return timing.anchor ? instantAt(reckoning.facts, timing.anchor) : null;
  }
}

/** The zone in which a message's local time counts. */
export const messageZone = (step: MessageStep, definition: FlowDefinition, facts: Facts): string =>
  resolveZone(step.timing?.zone ?? definition.zone, facts);

/**
 * Says when a message is planned and whether that is over, from its moment as it is now and what came out last time.
 *
 * The first time, it is over if it lies before the run reached the step: what the loop was late for is still sent (and
 * expires by its own rule). Later only a changed moment changes the verdict, and then it is over if it lies before now:
 * a message that is due but not yet released is not called past by the next look at the run.
 */
export function settle(
  step: MessageStep,
  message: PassedMessage,
  moment: Date | null,
  now: Date,
): NonNullable<PassedMessage['settled']> {
  if (!moment) return { moment: null };
  const last = message.settled;
  const meant = moment.toISOString();
  if (last?.moment === meant) return last;
  const over = last ? now : new Date(message.reachedAt);
  const ifPast = step.timing?.if_past ?? (step.timing?.from === 'anchor' ? 'skip' : 'send_now');
  const past = moment < over;
  return {
    moment: meant,
    plannedAt: past && ifPast === 'send_now' ? over.toISOString() : meant,
    verdict: past && ifPast === 'skip' ? 'past' : 'send',
  };
}

/** When a message is no longer sent; null leaves it to the organization's policy. */
export function expiryOf(step: MessageStep, plannedAt: Date, zone: string): Date | null {
  const after = step.timing?.expires_after;
  return after ? addDuration(plannedAt, after, zone) : null;
}

/**
 * When a wait is over, never before it began. For an event this is its timeout. Null: it waits for a date that is not
 * among the facts yet, and only an event can bring it. A wait for a time of day that is just now lasts until the next one.
 */
export function waitEnd(
  step: WaitStep,
  reachedAt: Date,
  definition: FlowDefinition,
  facts: Facts,
): Date | null {
  const { wait } = step;
  const zone = resolveZone(('zone' in wait && wait.zone) || definition.zone, facts);
  switch (wait.for) {
    case 'duration':
      return later(addDuration(reachedAt, wait.duration, zone), reachedAt);
    case 'event':
      return later(addDuration(reachedAt, wait.timeout, zone), reachedAt);
    case 'time':
      return nextLocalTime(reachedAt, wait.at, zone, wait.weekdays);
    case 'anchor': {
      const anchor = instantAt(facts, wait.anchor);
      if (!anchor) return null;
      const shifted = wait.offset ? addDuration(anchor, wait.offset, zone) : anchor;
      return later(wait.at ? atLocalTime(shifted, wait.at, zone) : shifted, reachedAt);
    }
  }
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
