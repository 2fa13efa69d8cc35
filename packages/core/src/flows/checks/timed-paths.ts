import type { FlowDefinition, MessageStep, Step, WaitStep } from '@halyard/contracts/flows/definition';
import type { WorkflowStep } from '@halyard/contracts/flows/workflow-step';
import { addDuration } from '../../time/arithmetic.js';
import type { Facts } from '../run.js';
import { messageMoment, settle, waitEnd } from '../timing.js';
import { matchesType } from '../triggers.js';
import { resolveZone } from '../zone-of.js';
import type { Calendar } from './calendar.js';
import { datesOf, eventMoment } from './calendar.js';
import type { Choice, Turn } from './choices.js';
import { choicesOf } from './choices.js';
import type { Effort } from './effort.js';

/** A message on one path through a definition, at its moment on a calendar. */
export interface TimedMessage {
  step: MessageStep;
  at: Date;
  /** When the person last wrote, as far as the path tells. */
  lastHeard: Date | null;
  /** It hangs on a date. */
  anchored: boolean;
}

export interface TimedPath {
  way: readonly Turn[];
  /** In the order of time. */
  messages: TimedMessage[];
}

/** How a walker came where it is, from the last turn back: paths share what they have in common. */
interface Trail {
  turn: Turn;
  message: TimedMessage | null;
  before: Trail | null;
}

interface Walker {
  step: string | null;
  moment: Date;
  /** The moment of the message before, if no wait lies between. */
  previous: Date | null;
  trail: Trail | null;
  lastHeard: Date | null;
  /** An exit step takes what is planned for later with it. */
  exited?: boolean;
}

interface Walking {
  definition: FlowDefinition;
  calendar: Calendar;
  facts: Facts;
}

/**
 * The messages of every path on one calendar. Loops are gone round twice. What paths share is computed once; of
 * definitions with very many paths only some are looked at, as far as the effort goes: each is followed to its end by the
 * first choice everywhere, then the oldest choice that was left out is taken up, so that every branch has its turn before
 * any has a second one.
 */
export function timedPaths(definition: FlowDefinition, calendar: Calendar, effort: Effort): TimedPath[] {
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const walking = { definition, calendar, facts: datesOf(calendar) };
  const { trigger } = definition;
  const heard = trigger.type === 'event' && matchesType(trigger.event, 'message.replied');
  const { startedAt } = calendar;
  const lastHeard = heard ? startedAt : null;
  const first = definition.steps[0]?.id ?? null;
  const open: Walker[] = [{ step: first, moment: startedAt, previous: null, trail: null, lastHeard }];
  const paths: TimedPath[] = [];
  for (let n = 0; n < open.length; n++)
    for (let walker = open[n]; walker && effort.steps > 0; ) {
      effort.steps--;
      const step = walker.step === null ? undefined : steps.get(walker.step);
      const [onward, ...others] =
        step && visitsOf(step, walker.trail) < 2 ? onwardFrom(step, walker, walking) : [];
      open.push(...others);
      if (!onward) paths.push(pathOf(walker));
      walker = onward;
    }
  return paths;
}

function visitsOf({ id }: Step, trail: Trail | null): number {
  let visits = 0;
  for (let at = trail; at; at = at.before) if (at.turn.step === id) visits++;
  return visits;
}

function pathOf({ trail, moment, exited }: Walker): TimedPath {
  const turns: Trail[] = [];
  for (let at = trail; at; at = at.before) turns.push(at);
  const messages = turns.reverse().flatMap(({ message }) => message ?? []);
  const sent = exited ? messages.filter(({ at }) => at <= moment) : messages;
  return {
    way: turns.map(({ turn }) => turn),
    messages: sent.sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

function onwardFrom(step: Step, walker: Walker, walking: Walking): Walker[] {
  const passed = step.type === 'message' ? passing(step, walker, walking) : null;
  return choicesOf(step, walking.definition).map((choice) => ({
    ...walker,
    step: choice.to,
    trail: {
      turn: { step: step.id, took: choice.took },
      message: passed?.message ?? null,
      before: walker.trail,
    },
    ...(passed && { previous: passed.moment }),
    ...(step.type === 'exit' && { exited: true }),
    ...(step.type === 'wait' && waiting(step, choice, walker, walking)),
    ...(step.type === 'n8n_workflow' && step.wait && calling(step, choice, walker, walking)),
  }));
}

/** What a wait changes for whoever walks. */
function waiting(step: WaitStep, { took }: Choice, { moment }: Walker, walking: Walking): Partial<Walker> {
  const end = waitEnd(step, moment, walking.definition, walking.facts) ?? moment;
  if (step.wait.for !== 'event' || took === 'timeout') return { moment: end, previous: null };
  const came = eventMoment(walking.calendar, moment, end);
  const heard = matchesType(step.wait.event, 'message.replied');
  return { moment: came, previous: null, ...(heard && { lastHeard: came }) };
}

/** What a call whose answer is waited for changes. */
function calling(
  { timeout }: WorkflowStep,
  { took }: Choice,
  { moment }: Walker,
  { calendar, definition, facts }: Walking,
): Partial<Walker> {
  const until = addDuration(moment, timeout, resolveZone(definition.zone, facts));
  return { moment: took === 'timeout' ? until : eventMoment(calendar, moment, until), previous: null };
}

/** The moment of a message, and the message itself unless it is over by then. */
function passing(
  step: MessageStep,
  { moment: reachedAt, previous, lastHeard }: Walker,
  { definition, calendar, facts }: Walking,
): { moment: Date | null; message: TimedMessage | null } {
  const { startedAt } = calendar;
  const reckoning = { definition, facts, startedAt, reachedAt, previous: previous ?? reachedAt };
  const moment = messageMoment(step, reckoning);
  const passed = {
    step: step.id,
    occurrence: 1,
    reachedAt: reachedAt.toISOString(),
    follows: false,
    settled: null,
  };
  const settled = settle(step, passed, moment, reachedAt);
  if (!settled.moment || settled.verdict !== 'send') return { moment, message: null };
  const anchored = step.timing?.from === 'anchor';
  return { moment, message: { step, at: new Date(settled.plannedAt), lastHeard, anchored } };
}
