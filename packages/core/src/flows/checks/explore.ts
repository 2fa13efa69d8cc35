import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { fieldsOf } from '../conditions-of.js';
import type { Turn } from './choices.js';
import { choicesOf, requirementsOf, setBy, standingRequirements } from './choices.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { Requirement } from './requirement.js';
import { withKnown } from './requirement.js';
import { isImpossible } from './satisfy.js';

/** One way in which a run comes to a step. */
export interface Arrival {
  step: string;
  way: readonly Turn[];
  /** What must hold at this moment, since no time has passed: facts do not change in between. */
  required: readonly Requirement[];
  /** Facts that a step has set since time last passed. */
  known: ReadonlyMap<string, unknown>;
  /** Facts that are there: a step has set them, or a condition has asked for them. */
  given: ReadonlySet<string>;
}

/** A choice that no run comes to take from this arrival, as its requirements contradict one another. */
interface Refused {
  arrival: Arrival;
  took: string | null;
  required: readonly Requirement[];
}

export interface Explored {
  arrivals: Map<string, Arrival[]>;
  /** Ways out that are taken from somewhere, as `step took`. */
  taken: Set<string>;
  refused: Refused[];
  /** Whether all was looked at; only then is what was not found not there. */
  complete: boolean;
}

/** Branches look at facts; for proofs any moment is as good as another. */
export const anyMoment = new Date('2026-06-01T12:00:00Z');

/** Fewer of large definitions, where each takes longer. */
const mostOf = (definition: FlowDefinition): number =>
  Math.min(3_000, 10_000_000 / JSON.stringify(definition).length);

/**
 * Every way through a definition that conditions leave open, the shortest first. A way is closed only when its conditions
 * are proven to contradict one another at one moment: wherever a run waits, facts may change.
 */
export function explore(
  definition: FlowDefinition,
  first: readonly Requirement[] = [],
  effort: Effort = enough(),
): Explored {
  const most = mostOf(definition);
  const places = new Map(definition.steps.map((step, n) => [step.id, { step, n }]));
  const standing = standingRequirements(definition);
  const own = definition.steps.flatMap((step) => setBy(step).map(([field]) => field));
  const explored: Explored = { arrivals: new Map(), taken: new Set(), refused: [], complete: true };
  const seen = new Set<string>();
  const open: Arrival[] = [];
  const arrive = (arrival: Arrival) => {
    const key = keyOf(arrival);
    if (seen.has(key)) return;
    seen.add(key);
    open.push(arrival);
    explored.arrivals.set(arrival.step, [...(explored.arrivals.get(arrival.step) ?? []), arrival]);
  };
  const start = definition.steps[0]?.id;
  const given = provenBy(first, first, effort);
  if (start !== undefined)
    arrive({ step: start, way: [], required: [...standing, ...first], known: new Map(), given });
  for (let n = 0; n < open.length; n++) {
    const arrival = open[n];
    const place = arrival && places.get(arrival.step);
    if (!arrival || !place) continue;
    if (n >= most || effort.steps < 0) return { ...explored, complete: false };
    for (const { took, to } of choicesOf(place.step, definition)) {
      const asked = requirementsOf(place.step, place.n, took).map((one) => ({
        ...one,
        condition: withKnown(one.condition, arrival.known, null),
      }));
      const required = withoutRepeats([...arrival.required, ...asked]);
      if (asked.length && isImpossible(required, anyMoment, effort)) {
        explored.refused.push({ arrival, took, required });
        continue;
      }
      explored.taken.add(`${arrival.step} ${took}`);
      const proven = { ...arrival, given: new Set([...arrival.given, ...provenBy(asked, required, effort)]) };
      if (to !== null) arrive(onward(proven, { took, to }, required, place.step, { standing, own }));
    }
  }
  return { ...explored, complete: effort.steps >= 0 };
}

function onward(
  arrival: Arrival,
  { took, to }: { took: string | null; to: string },
  required: readonly Requirement[],
  step: FlowDefinition['steps'][number],
  { standing, own }: { standing: readonly Requirement[]; own: readonly string[] },
): Arrival {
  const way = [...arrival.way, { step: arrival.step, took }];
  const { given } = arrival;
  if (step.type === 'wait') {
    // A run that is late passes waits without a look at its rules: what it set itself may break them.
    const required = standing.filter(
      ({ condition }) => !fieldsOf(condition).some((field) => isSet(field, own)),
    );
    return { step: to, way, required, known: new Map(), given };
  }
  const set = setBy(step);
  if (!set.length) return { ...arrival, step: to, way, required };
  return {
    step: to,
    way,
    required,
    known: new Map([...arrival.known, ...set]),
    given: new Set([...given, ...set.flatMap(([field, value]) => (value === null ? [] : field))]),
  };
}

/** The facts that cannot be missing where this is required, of those that it asks about. */
function provenBy(
  asked: readonly Requirement[],
  required: readonly Requirement[],
  effort: Effort,
): Set<string> {
  const fields = new Set(asked.flatMap(({ condition }) => fieldsOf(condition)));
  return new Set([...fields].filter((field) => isThere(field, required, effort)));
}

/** Whether the requirements cannot be met while this fact is missing. */
export const isThere = (field: string, required: readonly Requirement[], effort?: Effort): boolean =>
  isImpossible(
    [...required, { condition: { field, op: 'missing' }, holds: true, path: field }],
    anyMoment,
    effort,
  );

const withoutRepeats = (required: readonly Requirement[]): Requirement[] => [
  ...new Map(required.map((one) => [JSON.stringify([one.condition, one.holds]), one])).values(),
];

const isSet = (field: string, own: readonly string[]): boolean =>
  own.some((name) => `${field}.`.startsWith(`${name}.`) || name.startsWith(`${field}.`));

const keyOf = ({ step, required, known, given }: Arrival): string =>
  JSON.stringify([
    step,
    required.map(({ path, holds }) => `${path} ${holds}`),
    [...known],
    [...given].sort(),
  ]);
