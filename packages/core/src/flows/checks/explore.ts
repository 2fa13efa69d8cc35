import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { fieldsOf } from '../conditions-of.js';
import type { Choice, Turn } from './choices.js';
import { choicesOf, isWaitedAt, requirementsOf, setBy, standingRequirements } from './choices.js';
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
export interface Refused {
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
  const exploring = new Exploring(definition, effort);
  exploring.enter(first);
  return exploring.through();
}

class Exploring {
  readonly #explored: Explored = { arrivals: new Map(), taken: new Set(), refused: [], complete: true };
  readonly #seen = new Set<string>();
  readonly #open: Arrival[] = [];
  readonly #places: ReadonlyMap<string, { step: Step; n: number }>;
  readonly #standing: readonly Requirement[];
  /** Those of them that hold for certain after a wait: a run that is late passes it without a look at its rules. */
  readonly #standingAfterWaits: readonly Requirement[];

  constructor(
    private readonly definition: FlowDefinition,
    private readonly effort: Effort,
  ) {
    this.#places = new Map(definition.steps.map((step, n) => [step.id, { step, n }]));
    this.#standing = standingRequirements(definition);
    // What the flow set itself may break them.
    const own = definition.steps.flatMap((step) => setBy(step).map(([field]) => field));
    this.#standingAfterWaits = this.#standing.filter(
      ({ condition }) => !fieldsOf(condition).some((field) => isSet(field, own)),
    );
  }

  enter(first: readonly Requirement[]): void {
    const start = this.definition.steps[0]?.id;
    const given = provenBy(first, first, this.effort);
    const required = [...this.#standing, ...first];
    if (start !== undefined) this.#arrive({ step: start, way: [], required, known: new Map(), given });
  }

  through(): Explored {
    const most = mostOf(this.definition);
    for (let n = 0; n < this.#open.length; n++) {
      const arrival = this.#open[n];
      const place = arrival && this.#places.get(arrival.step);
      if (!arrival || !place) continue;
      if (n >= most || this.effort.steps < 0) return { ...this.#explored, complete: false };
      for (const choice of choicesOf(place.step, this.definition)) this.#take(choice, arrival, place);
    }
    return { ...this.#explored, complete: this.effort.steps >= 0 };
  }

  #arrive(arrival: Arrival): void {
    const key = keyOf(arrival);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#open.push(arrival);
    const { arrivals } = this.#explored;
    arrivals.set(arrival.step, [...(arrivals.get(arrival.step) ?? []), arrival]);
  }

  /** Leaves a step on one of its ways, unless nobody can. */
  #take({ took, to }: Choice, arrival: Arrival, { step, n }: { step: Step; n: number }): void {
    const asked = requirementsOf(step, n, took).map((one) => ({
      ...one,
      condition: withKnown(one.condition, arrival.known, null),
    }));
    const required = withoutRepeats([...arrival.required, ...asked]);
    if (asked.length && isImpossible(required, anyMoment, this.effort)) {
      this.#explored.refused.push({ arrival, took, required });
      return;
    }
    this.#explored.taken.add(`${arrival.step} ${took}`);
    const given = new Set([...arrival.given, ...provenBy(asked, required, this.effort)]);
    const way = [...arrival.way, { step: arrival.step, took }];
    if (to !== null) this.#arrive(this.#after(step, { ...arrival, step: to, way, required, given }));
  }

  /** What a step leaves behind: after a wait all may be different, and what is set is known. */
  #after(step: Step, arrival: Arrival): Arrival {
    if (isWaitedAt(step)) return { ...arrival, required: this.#standingAfterWaits, known: new Map() };
    const set = setBy(step);
    if (!set.length) return arrival;
    return {
      ...arrival,
      known: new Map([...arrival.known, ...set]),
      given: new Set([...arrival.given, ...set.flatMap(([field, value]) => (value === null ? [] : field))]),
    };
  }
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
