import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { factAt } from '../../conditions/facts.js';
import { withFact } from '../../explain/with-fact.js';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../../ids.js';
import { advance } from '../advance.js';
import { fieldsOf } from '../conditions-of.js';
import { withContactUpdate } from '../contact-update.js';
import { draw, lot } from '../lot.js';
import type { Advanced, Cause, Facts, Run, SeenEvent } from '../run.js';
import { startRun } from '../run.js';
import { withEvent } from '../triggers.js';
import type { Calendar } from './calendar.js';
import { datesOf, eventMoment } from './calendar.js';
import type { Turn } from './choices.js';
import { entryRequirements, requirementsOf, setBy, standingRequirements } from './choices.js';
import type { Effort } from './effort.js';
import type { Requirement } from './requirement.js';
import { withKnown } from './requirement.js';
import { areMet, factsOf, satisfy } from './satisfy.js';

/** A run that went the way it was to go: what had to be so, and what came of it. */
export interface Witness {
  way: { step: string; took: string | null; at: Date }[];
  facts: { field: string; value: unknown; from: Date }[];
  events: { type: string; at: Date; payload: Record<string, unknown> }[];
  /** Messages that were planned in the end. */
  messages: { step: string; at: Date }[];
  /** The facts at the end. */
  world: Facts;
  run: Run;
}

/**
 * Sends an invented contact through the interpreter that production uses, on a given way and calendar: looks for facts
 * that make each branch go there, and lets awaited events come. Null when that does not succeed, or the effort is spent, so
 * that nothing is ever reported that does not happen.
 */
export function witness(
  definition: FlowDefinition,
  way: readonly Turn[],
  calendar: Calendar,
  effort: Effort,
): Witness | null {
  effort.steps -= way.length * turn;
  const contactId = effort.steps < 0 ? null : contactFor(definition, way, effort);
  return contactId ? new Attempt(definition, way, calendar, contactId, effort).go() : null;
}

/** What a step through the interpreter and the drawing of a lot take, in comparisons. */
const turn = 100;
const drawing = 5;

const ids = { id: 'run' as RunId, flowId: 'flow' as FlowId, versionId: 'version' as FlowVersionId };

const mostContacts = 5_000;
const weightOf = (arms: readonly { weight: number }[]): number =>
  arms.reduce((sum, { weight }) => sum + weight, 0);

/** Somebody on whom the lot falls as the way has it. */
function contactFor(definition: FlowDefinition, way: readonly Turn[], effort: Effort): ContactId | null {
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const lots = way.flatMap(({ step: id, took }) => {
    const step = steps.get(id);
    const arm = step?.type === 'split' && took ? step.arms[Number(took.slice('arms.'.length))] : undefined;
    return step?.type === 'split' && arm ? { step, arm } : [];
  });
  const shares = new Map(lots.map(({ step, arm }) => [step.id, arm.weight / weightOf(step.arms)]));
  const chance = [...shares.values()].reduce((product, share) => product * share, 1);
  if (chance * mostContacts < 0.01) return null;
  for (let n = 0; n < mostContacts; n++) {
    const contactId = `contact-${n}` as ContactId;
    const falls = ({ step, arm }: (typeof lots)[number]) => {
      effort.steps -= drawing;
      return draw(step.arms, lot(ids.flowId, contactId, step.id)) === arm;
    };
    if (lots.every(falls)) return contactId;
  }
  return null;
}

/** A stretch of the way on which no time need pass, up to the wait that ends it. */
interface Stretch {
  required: Requirement[];
  wait: { step: Step; took: string | null } | null;
}

class Attempt {
  readonly #stretches: Stretch[];
  readonly #steps: Map<string, { step: Step; n: number }>;
  readonly #planned = new Map<string, { step: string; at: Date }>();
  readonly #chosen: string[] = [];
  /** What the flow has set itself: nobody is thought up who changes it back. */
  readonly #set = new Map<string, unknown>();
  /** When each stretch began. */
  readonly #began: Date[] = [];
  readonly #learned: Witness['facts'] = [];
  readonly #events: Witness['events'] = [];
  #facts: Facts;
  #now: Date;
  #run: Run;

  constructor(
    private readonly definition: FlowDefinition,
    private readonly way: readonly Turn[],
    private readonly calendar: Calendar,
    contactId: ContactId,
    private readonly effort: Effort,
  ) {
    this.#steps = new Map(definition.steps.map((step, n) => [step.id, { step, n }]));
    this.#stretches = this.#cut();
    this.#now = calendar.startedAt;
    const subject = bringsBooking(definition) ? { type: 'booking', id: 'booking' } : null;
    this.#run = startRun({ ...ids, contactId, subject, triggerEventId: null }, definition, this.#now);
    this.#facts = firstFacts(definition, calendar, subject !== null);
    this.#began.push(this.#now);
    for (const [field, at] of calendar.dates)
      this.#learned.push({ field, value: at.toISOString(), from: this.#now });
  }

  go(): Witness | null {
    let stretch = 0;
    if (!this.#prepare(stretch)) return null;
    this.#advance({ kind: 'start' });
    for (let round = 0; round < this.way.length + 1 && this.#run.status === 'active'; round++) {
      const { step } = this.#run.position;
      if (step === null) break;
      const at = this.#stretches.findIndex(({ wait }, n) => n >= stretch && wait?.step.id === step);
      if (at < 0) break;
      if (!this.#passWait(this.#stretches[at]?.wait ?? null, at + 1)) return null;
      for (; stretch <= at; stretch++) this.#began.push(this.#now);
    }
    return this.#wentThere() ? this.#told() : null;
  }

  /** Lets the awaited event come, or time pass, and goes on. */
  #passWait(wait: Stretch['wait'], next: number): boolean {
    const until = this.#run.wakeAt;
    if (!wait || !until) return false;
    if (wait.took !== 'event' || wait.step.type !== 'wait' || wait.step.wait.for !== 'event') {
      this.#now = until;
      return this.#prepare(next) && this.#advance({ kind: 'wake' });
    }
    this.#now = eventMoment(this.calendar, this.#now, until);
    const { event: pattern, filter } = wait.step.wait;
    const event: SeenEvent = {
      id: `event-${this.#events.length}` as EventId,
      type: pattern.replace(/\.\*$/, '.any'),
      contactId: this.#run.contactId,
      subject: this.#run.subject,
      payload: {},
      occurredAt: this.#now,
    };
    if (!this.#prepare(next)) return false;
    if (filter) {
      const known = new Map<string, unknown>([
        ['event.type', event.type],
        ['event.occurred_at', event.occurredAt.toISOString()],
      ]);
      const answer = satisfy(
        [{ condition: withKnown(filter, known, this.#now), holds: true, path: '' }],
        this.#now,
        this.effort,
      );
      if (typeof answer === 'string') return false;
      const payload = factsOf(
        new Map([...answer.facts].filter(([field]) => field.startsWith('event.payload.'))),
      );
      event.payload = ((payload.event as Facts | undefined)?.payload ?? {}) as Record<string, unknown>;
      this.#learn([...answer.facts].filter(([field]) => !field.startsWith('event.')));
      if (!areMet([{ condition: filter, holds: true, path: '' }], withEvent(this.#facts, event), this.#now))
        return false;
    }
    this.#events.push({ type: event.type, at: this.#now, payload: event.payload });
    return this.#advance({ kind: 'event', event });
  }

  /** Finds facts for the next stretch: those there are, else some that suit all that is to come, else this stretch. */
  #prepare(n: number): boolean {
    const required = this.#stretches[n]?.required ?? [];
    if (areMet(required, this.#facts, this.#now)) return true;
    const rest = this.#stretches.slice(n).flatMap((one) => one.required);
    for (const asked of [rest, required]) {
      const dates = [...this.calendar.dates].map(([path, at]): [string, unknown] => [path, at.toISOString()]);
      const known = new Map([...dates, ...this.#set]);
      const settled = asked.map((one) => ({ ...one, condition: withKnown(one.condition, known, this.#now) }));
      const answer = satisfy(settled, this.#now, this.effort);
      if (typeof answer === 'string') continue;
      const before = this.#facts;
      // What is not named is missing, so that nothing of before gets in the way.
      const fields = new Set(
        asked.flatMap(({ condition }) => fieldsOf(condition)).filter((field) => !known.has(field)),
      );
      this.#learn([...fields].map((field) => [field, answer.facts.get(field) ?? null]));
      if (areMet(required, this.#facts, this.#now)) return true;
      this.#facts = before;
    }
    return false;
  }

  #learn(facts: [field: string, value: unknown][]): void {
    for (const [field, value] of facts) {
      if ((factAt(this.#facts, field) ?? null) === value) continue;
      this.#facts = withFact(this.#facts, field, value);
      this.#learned.push({ field, value, from: this.#now });
    }
  }

  #advance(cause: Cause): true {
    const { definition } = this;
    const advanced = advance({ definition, run: this.#run, facts: this.#facts, cause, now: this.#now });
    this.#run = advanced.run;
    for (const { rule, facts, verdict } of advanced.decisions) {
      if (rule === 'branch')
        this.#chosen.push(
          `${facts.step} ${facts.branch === null ? 'otherwise' : `branches.${facts.branch}`}`,
        );
      if (rule === 'wait_event')
        this.#chosen.push(`${facts.step} ${verdict === 'timeout' ? 'timeout' : 'event'}`);
    }
    for (const effect of advanced.effects) {
      if (effect.kind !== 'update_contact') continue;
      this.#facts = withContactUpdate(this.#facts, effect.set);
      const step = this.#steps.get(effect.stepId)?.step;
      for (const [field, value] of step ? setBy(step) : []) this.#set.set(field, value);
    }
    this.#write(advanced);
    return true;
  }

  /** As planning writes it: what is no longer planned is cancelled unless it is due. */
  #write({ plan }: Advanced): void {
    for (const [key, { at }] of this.#planned) if (at > this.#now) this.#planned.delete(key);
    for (const { stepId, occurrence, plannedAt, verdict } of plan)
      if (verdict === 'send') this.#planned.set(`${stepId}:${occurrence}`, { step: stepId, at: plannedAt });
  }

  /** Whether the run took every turn of the way, as far as that says where to turn. */
  #wentThere(): boolean {
    const wanted = this.way.flatMap(({ step, took }) => {
      const type = this.#steps.get(step)?.step.type;
      return took !== null && type !== 'split' ? `${step} ${took}` : [];
    });
    const { visits, step } = this.#run.position;
    const reached = (id: string) =>
      (visits[id] ?? 0) > 0 || step === id || this.#steps.get(id)?.step.type === 'exit';
    const turned = wanted.every((turn, n) => this.#chosen[n] === turn);
    // A run that fails is left where it was before.
    return turned && (this.#run.status === 'failed' || this.way.every((turn) => reached(turn.step)));
  }

  #told(): Witness {
    let stretch = 0;
    const way = this.way.map(({ step, took }) => {
      const turn = { step, took, at: this.#began[stretch] ?? this.#now };
      if (this.#steps.get(step)?.step.type === 'wait') stretch++;
      return turn;
    });
    const messages = [...this.#planned.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
    return { way, facts: this.#learned, events: this.#events, messages, world: this.#facts, run: this.#run };
  }

  /** The way cut at its waits. What a step sets on the way is known to the branches after it. */
  #cut(): Stretch[] {
    const standing = standingRequirements(this.definition);
    const stretches: Stretch[] = [];
    let required = [...entryRequirements(this.definition), ...standing];
    let known = new Map<string, unknown>();
    for (const { step: id, took } of this.way) {
      const place = this.#steps.get(id);
      if (!place) continue;
      const asked = requirementsOf(place.step, place.n, took);
      required.push(...asked.map((one) => ({ ...one, condition: withKnown(one.condition, known, null) })));
      known = new Map([...known, ...setBy(place.step)]);
      if (place.step.type !== 'wait') continue;
      stretches.push({ required, wait: { step: place.step, took } });
      required = [...standing];
      known = new Map();
    }
    return [...stretches, { required, wait: null }];
  }
}

const bringsBooking = ({ trigger, steps }: FlowDefinition): boolean =>
  (trigger.type === 'event' && trigger.event.startsWith('booking.')) ||
  steps.some((step) => step.type === 'message' && step.timing?.anchor?.startsWith('subject.'));

function firstFacts(definition: FlowDefinition, calendar: Calendar, booking: boolean): Facts {
  const { trigger } = definition;
  const at = calendar.startedAt.toISOString();
  const dates = datesOf(calendar);
  return {
    contact: { id: 'contact', attributes: {} },
    product: null,
    steps: {},
    ...dates,
    subject: booking
      ? { type: 'booking', id: 'booking', status: 'confirmed', ...(dates.subject as object) }
      : null,
    event:
      trigger.type === 'event'
        ? {
            type: trigger.event.replace(/\.\*$/, '.any'),
            payload: {},
            occurred_at: at,
            ...(dates.event as object),
          }
        : null,
  };
}
