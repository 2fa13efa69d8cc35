import type { FlowCounterexample } from '@halyard/contracts/flows/check';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import type { Calendar } from './calendar.js';
import { roomyCalendar, startsOf } from './calendar.js';
import type { Turn } from './choices.js';
import { choicesOf } from './choices.js';
import { shown } from './counterexample.js';
import { enough } from './effort.js';
import { witness } from './witness.js';

type Steps = ReadonlyMap<string, Step>;

/** Somebody who goes round at one moment; null when nobody can be found who does. */
export function goingRound(
  definition: FlowDefinition,
  step: string,
  isIn: (step: Step) => boolean,
): FlowCounterexample | null {
  const into = wayTo(definition, step);
  const round = into && wayBack(definition, step, isIn);
  if (!round) return null;
  const roomy = calendarOf(definition);
  // Dates that are over hold nobody up.
  const dates = new Map([...roomy.dates.keys()].map((path) => [path, new Date('2016-06-01T12:00:00Z')]));
  const calendar = { ...roomy, dates };
  const seen = witness(definition, [...into, ...round, ...round], calendar, enough());
  if (seen?.run.status !== 'failed') return null;
  return shown(seen, calendar.timeZone, (language) =>
    language === 'en'
      ? 'no time passes on this round, so the run fails at once.'
      : 'auf dieser Runde vergeht keine Zeit, also scheitert der Durchlauf sofort.',
  );
}

/** Somebody who goes round three times and is still not through; null when nobody can be found who does. */
export function neverThrough(definition: FlowDefinition, step: string): FlowCounterexample | null {
  const way = wayTo(definition, step);
  if (!way) return null;
  const steps: Steps = new Map(definition.steps.map((one) => [one.id, one]));
  const visits = new Map<string, number>();
  for (let at: string | null = step; at !== null && (visits.get(at) ?? 0) < 3; ) {
    const here = steps.get(at);
    const [choice] = here ? choicesOf(here, definition) : [];
    if (!choice) return null;
    visits.set(at, (visits.get(at) ?? 0) + 1);
    way.push({ step: at, took: choice.took });
    at = choice.to;
  }
  const calendar = calendarOf(definition);
  const seen = witness(definition, way, calendar, enough());
  if (seen?.run.status !== 'active') return null;
  return shown({ ...seen, messages: [] }, calendar.timeZone, (language) =>
    language === 'en' ? 'and so on without end.' : 'und so weiter ohne Ende.',
  );
}

function calendarOf(definition: FlowDefinition): Calendar {
  const [start = new Date('2026-06-01T12:00:00Z')] = startsOf(definition, 'UTC');
  return roomyCalendar(definition, 'UTC', start);
}

const wayTo = (definition: FlowDefinition, goal: string): Turn[] | null => {
  const first = definition.steps[0]?.id;
  return first === undefined ? null : shortest(definition, [{ at: first, way: [] }], goal, () => true);
};

function wayBack(definition: FlowDefinition, step: string, isIn: (step: Step) => boolean): Turn[] | null {
  const here = definition.steps.find(({ id }) => id === step);
  if (!here) return null;
  const after = choicesOf(here, definition).flatMap(({ to, took }) =>
    to === null ? [] : { at: to, way: [{ step, took }] },
  );
  return shortest(definition, after, step, isIn);
}

interface Walker {
  at: string;
  way: Turn[];
}

function shortest(
  definition: FlowDefinition,
  from: Walker[],
  goal: string,
  isIn: (step: Step) => boolean,
): Turn[] | null {
  const steps: Steps = new Map(definition.steps.map((step) => [step.id, step]));
  const open = [...from];
  const seen = new Set<string>();
  for (let n = 0; n < open.length; n++) {
    const walker = open[n];
    if (!walker) continue;
    if (walker.at === goal) return walker.way;
    const step = steps.get(walker.at);
    if (!step || seen.has(walker.at) || !isIn(step)) continue;
    seen.add(walker.at);
    for (const { to, took } of choicesOf(step, definition))
      if (to !== null) open.push({ at: to, way: [...walker.way, { step: step.id, took }] });
  }
  return null;
}
