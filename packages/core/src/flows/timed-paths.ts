import type { FlowDefinition, MessageStep, Step } from '@halyard/contracts/flows/definition';
import type { Facts } from './run.js';
import { messageMoment, waitEnd } from './timing.js';
import { matchesType } from './triggers.js';
import { waysOf } from './ways.js';

/** A message on one path through a definition, at its moment on an invented calendar. */
export interface TimedMessage {
  step: MessageStep;
  at: Date;
  /** When the person last wrote, as far as the path tells. */
  lastHeard: Date | null;
}

const start = new Date('2026-06-01T12:00:00Z');
const day = 86_400_000;
/** Nobody knows how much time lies between the start and a date, or passes until an event: so much that nothing meets. */
const unknown = 1_000 * day;
const mostPaths = 1_000;

interface Walker {
  step: string | null;
  moment: Date;
  /** The moment of the message before, if no wait lies between. */
  previous: Date | null;
  passed: readonly TimedMessage[];
  visits: Readonly<Record<string, number>>;
  lastHeard: Date | null;
}

/**
 * The messages of every path, each in the order of time, as far as the time between them is known. Loops are gone round
 * twice. Of definitions with very many paths the first thousand are looked at; what they share is computed once.
 */
export function timedPaths(definition: FlowDefinition): TimedMessage[][] {
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const facts = inventFacts(definition);
  const { trigger } = definition;
  const heard = trigger.type === 'event' && matchesType(trigger.event, 'message.replied');
  const first = definition.steps[0]?.id ?? null;
  const open: Walker[] = [
    { step: first, moment: start, previous: null, passed: [], visits: {}, lastHeard: heard ? start : null },
  ];
  const paths: TimedMessage[][] = [];
  for (let walker = open.pop(); walker && paths.length < mostPaths; walker = open.pop()) {
    const step = walker.step === null ? undefined : steps.get(walker.step);
    if (!step || (walker.visits[step.id] ?? 0) >= 2) paths.push(inOrder(walker.passed));
    else open.push(...onwardFrom(step, walker, definition, facts));
  }
  return paths;
}

function onwardFrom(step: Step, walker: Walker, definition: FlowDefinition, facts: Facts): Walker[] {
  const visits = { ...walker.visits, [step.id]: (walker.visits[step.id] ?? 0) + 1 };
  const ways = waysOf(step, definition).map(({ to }) => ({ ...walker, step: to, visits }));
  if (step.type === 'message')
    return ways.map((way) => ({ ...way, ...passing(step, walker, definition, facts) }));
  if (step.type !== 'wait') return ways;
  const end = waitEnd(step, walker.moment, definition, facts) ?? walker.moment;
  const [onward, timeout = onward] = ways.map((way) => ({ ...way, moment: end, previous: null }));
  if (!onward || !timeout) return [];
  if (step.wait.for !== 'event') return [onward];
  const came = new Date(walker.moment.getTime() + unknown);
  const lastHeard = matchesType(step.wait.event, 'message.replied') ? came : walker.lastHeard;
  return [timeout, { ...onward, moment: came, lastHeard }];
}

function passing(
  step: MessageStep,
  { moment: reachedAt, previous, passed, lastHeard }: Walker,
  definition: FlowDefinition,
  facts: Facts,
): Pick<Walker, 'previous' | 'passed'> {
  const reckoning = { definition, facts, startedAt: start, reachedAt, previous: previous ?? reachedAt };
  const at = messageMoment(step, reckoning);
  return { previous: at, passed: at ? [...passed, { step, at, lastHeard }] : passed };
}

const inOrder = (messages: readonly TimedMessage[]): TimedMessage[] =>
  [...messages].sort((a, b) => a.at.getTime() - b.at.getTime());

/** Facts in which every anchor of the definition has a date, the same and far away. */
function inventFacts({ steps }: FlowDefinition): Facts {
  const facts: Facts = { organization: { time_zone: 'UTC' } };
  const date = new Date(start.getTime() + 10 * unknown).toISOString();
  for (const step of steps) {
    const anchor =
      step.type === 'message'
        ? step.timing?.anchor
        : step.type === 'wait' && step.wait.for === 'anchor'
          ? step.wait.anchor
          : null;
    if (anchor) setFact(facts, anchor.split('.'), date);
  }
  return facts;
}

function setFact(tree: Record<string, unknown>, [name, ...rest]: string[], value: string): void {
  if (name === undefined) return;
  if (rest.length === 0) tree[name] = value;
  else {
    // Names come from a definition: only own properties, so that no path reaches what all objects inherit.
    const branch = (Object.hasOwn(tree, name) ? tree[name] : {}) as Record<string, unknown>;
    tree[name] = branch;
    setFact(branch, rest, value);
  }
}
