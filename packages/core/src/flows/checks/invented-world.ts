import type { Condition } from '@halyard/contracts/conditions';
import type { Step } from '@halyard/contracts/flows/definition';
import { factAt } from '../../conditions/facts.js';
import { withFact } from '../../explain/with-fact.js';
import { fieldsOf } from '../conditions-of.js';
import { withContactUpdate } from '../contact-update.js';
import type { Facts, SeenEvent } from '../run.js';
import { withEvent } from '../triggers.js';
import type { CallOutcome } from '../workflow-facts.js';
import { withOutcome } from '../workflow-facts.js';
import type { Calendar } from './calendar.js';
import { setBy } from './choices.js';
import type { Effort } from './effort.js';
import type { Requirement } from './requirement.js';
import { withKnown } from './requirement.js';
import { areMet, factsOf, satisfy } from './satisfy.js';
import type { Stretch } from './stretches.js';

/** A fact that had to be so, and from when on. */
export interface Learned {
  field: string;
  value: unknown;
  from: Date;
}

/** The facts about an invented contact: thought up as they are needed, and kept as they are where they suit. */
export class InventedWorld {
  readonly learned: Learned[];
  /** What the flow has set itself: nobody is thought up who changes it back. */
  readonly #set = new Map<string, unknown>();
  #facts: Facts;

  constructor(
    facts: Facts,
    private readonly calendar: Calendar,
    private readonly effort: Effort,
  ) {
    this.#facts = facts;
    this.learned = [...calendar.dates].map(([field, at]) => ({
      field,
      value: at.toISOString(),
      from: calendar.startedAt,
    }));
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** Finds facts for what comes next: those there are, else some that suit all that is to come, else this stretch. */
  suit(stretches: readonly Stretch[], now: Date): boolean {
    const required = stretches[0]?.required ?? [];
    if (areMet(required, this.#facts, now)) return true;
    const all = stretches.flatMap((one) => one.required);
    return this.#thinkUp(all, required, now) || this.#thinkUp(required, required, now);
  }

  #thinkUp(asked: readonly Requirement[], required: readonly Requirement[], now: Date): boolean {
    const dates = [...this.calendar.dates].map(([path, at]): [string, unknown] => [path, at.toISOString()]);
    const known = new Map([...dates, ...this.#set]);
    const settled = asked.map((one) => ({ ...one, condition: withKnown(one.condition, known, now) }));
    const answer = satisfy(settled, now, this.effort);
    if (typeof answer === 'string') return false;
    const before = this.#facts;
    const learned = this.learned.length;
    // What is not named is missing, so that nothing of before gets in the way.
    const fields = new Set(
      asked.flatMap(({ condition }) => fieldsOf(condition)).filter((field) => !known.has(field)),
    );
    this.#learn(
      [...fields].map((field) => [field, answer.facts.get(field) ?? null]),
      now,
    );
    if (areMet(required, this.#facts, now)) return true;
    this.#facts = before;
    this.learned.length = learned;
    return false;
  }

  /** The payload with which an event passes a filter; null when none is found. */
  payloadFor(filter: Condition, event: SeenEvent): SeenEvent['payload'] | null {
    const now = event.occurredAt;
    const known = new Map<string, unknown>([
      ['event.type', event.type],
      ['event.occurred_at', now.toISOString()],
    ]);
    const asked = { condition: withKnown(filter, known, now), holds: true, path: '' };
    const answer = satisfy([asked], now, this.effort);
    if (typeof answer === 'string') return null;
    const { true: own = [], false: others = [] } = Object.groupBy([...answer.facts], ([field]) =>
      String(field.startsWith('event.')),
    );
    const found = factsOf(new Map(own.filter(([field]) => field.startsWith('event.payload.'))));
    const payload = ((found.event as Facts | undefined)?.payload ?? {}) as SeenEvent['payload'];
    this.#learn(others, now);
    const passes = areMet(
      [{ condition: filter, holds: true, path: '' }],
      withEvent(this.#facts, { ...event, payload }),
      now,
    );
    return passes ? payload : null;
  }

  /** What a step of the flow sets. */
  update(set: Parameters<typeof withContactUpdate>[1], by: Step | undefined): void {
    this.#facts = withContactUpdate(this.#facts, set);
    for (const [field, value] of by ? setBy(by) : []) this.#set.set(field, value);
  }

  /** What came of a call of a workflow, with as much of an answer as was thought up. */
  call(step: string, outcome: CallOutcome['outcome'] | undefined, occurrence: number): void {
    if (!outcome) return;
    const answer =
      outcome === 'answered' ? (factAt(this.#facts, `steps.${step}.answer`) as Facts | null) : null;
    this.#facts = withOutcome(this.#facts, step, { outcome, answer, occurrence });
  }

  #learn(facts: readonly [field: string, value: unknown][], now: Date): void {
    for (const [field, value] of facts) {
      if ((factAt(this.#facts, field) ?? null) === value) continue;
      this.#facts = withFact(this.#facts, field, value);
      this.learned.push({ field, value, from: now });
    }
  }
}
