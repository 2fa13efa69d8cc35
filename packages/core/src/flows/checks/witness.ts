import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import type { ContactId, EventId } from '../../ids.js';
import { advance } from '../advance.js';
import type { Advanced, Cause, Facts, Run, RunDecision, SeenEvent } from '../run.js';
import type { CallOutcome } from '../workflow-facts.js';
import type { Calendar } from './calendar.js';
import { eventMoment } from './calendar.js';
import type { Turn } from './choices.js';
import { isWaitedAt } from './choices.js';
import type { Effort } from './effort.js';
import { anEventOf, contactFor, firstFacts, runOf } from './invented-contact.js';
import type { Learned } from './invented-world.js';
import { InventedWorld } from './invented-world.js';
import type { Stretch } from './stretches.js';
import { stretchesOf } from './stretches.js';

/** A run that went the way it was to go: what had to be so, and what came of it. */
export interface Witness {
  way: { step: string; took: string | null; at: Date }[];
  facts: Learned[];
  events: { type: string; at: Date; payload: Record<string, unknown> }[];
  /** Messages that were planned in the end. */
  messages: { step: string; at: Date }[];
  /** The facts at the end. */
  world: Facts;
  run: Run;
}

/** What came of a call of a workflow, by the way out of its step. */
const outcomes: Readonly<Record<string, CallOutcome['outcome']>> = {
  answer: 'answered',
  timeout: 'timed_out',
  failure: 'failed',
};

/** What a step through the interpreter takes, in comparisons. */
const turn = 100;

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

class Attempt {
  readonly #stretches: Stretch[];
  readonly #steps: Map<string, Step>;
  readonly #world: InventedWorld;
  readonly #planned = new Map<string, { step: string; at: Date }>();
  /** The turns that were taken, as `step took`. */
  readonly #taken: string[] = [];
  /** When each stretch began. */
  readonly #began: Date[];
  readonly #events: Witness['events'] = [];
  #now: Date;
  #run: Run;

  constructor(
    private readonly definition: FlowDefinition,
    private readonly way: readonly Turn[],
    private readonly calendar: Calendar,
    contactId: ContactId,
    effort: Effort,
  ) {
    this.#steps = new Map(definition.steps.map((step) => [step.id, step]));
    this.#stretches = stretchesOf(definition, way);
    this.#now = calendar.startedAt;
    this.#began = [this.#now];
    this.#run = runOf(definition, contactId, this.#now);
    this.#world = new InventedWorld(firstFacts(definition, calendar), calendar, effort);
  }

  go(): Witness | null {
    let stretch = 0;
    if (!this.#suits(stretch)) return null;
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

  #suits(stretch: number): boolean {
    return this.#world.suit(this.#stretches.slice(stretch), this.#now);
  }

  /** Lets the awaited event come, or time pass, and goes on. */
  #passWait(wait: Stretch['wait'], next: number): boolean {
    const until = this.#run.wakeAt;
    if (!wait || !until) return false;
    const awaited = wait.step.type === 'wait' && wait.step.wait.for === 'event' ? wait.step.wait : null;
    const comes = wait.took !== null && wait.took !== 'timeout';
    this.#now = comes ? eventMoment(this.calendar, this.#now, until) : until;
    if (!this.#suits(next)) return false;
    if (wait.step.type === 'n8n_workflow')
      this.#world.call(wait.step.id, outcomes[wait.took ?? ''], this.#visit);
    if (!awaited || wait.took !== 'event') {
      this.#advance({ kind: 'wake' });
      return true;
    }
    const event = this.#eventOf(awaited.event);
    const payload = awaited.filter ? this.#world.payloadFor(awaited.filter, event) : {};
    if (!payload) return false;
    this.#events.push({ type: event.type, at: this.#now, payload });
    this.#advance({ kind: 'event', event: { ...event, payload } });
    return true;
  }

  /** Which visit of the step this is, at which the run stands. */
  get #visit(): number {
    const { step, visits } = this.#run.position;
    return (visits[step ?? ''] ?? 0) + 1;
  }

  #eventOf(pattern: string): SeenEvent {
    return {
      id: `event-${this.#events.length}` as EventId,
      type: anEventOf(pattern),
      contactId: this.#run.contactId,
      subject: this.#run.subject,
      payload: {},
      occurredAt: this.#now,
    };
  }

  #advance(cause: Cause): void {
    const { definition } = this;
    const { facts } = this.#world;
    const advanced = advance({ definition, run: this.#run, facts, cause, now: this.#now });
    this.#run = advanced.run;
    this.#taken.push(...advanced.decisions.flatMap(takenBy));
    for (const effect of advanced.effects)
      if (effect.kind === 'update_contact') this.#world.update(effect.set, this.#steps.get(effect.stepId));
    this.#write(advanced);
  }

  /** As planning writes it: what is no longer planned is cancelled unless it is due. */
  #write({ plan }: Advanced): void {
    for (const [key, { at }] of this.#planned) if (at > this.#now) this.#planned.delete(key);
    for (const { stepId, occurrence, plannedAt, verdict } of plan)
      if (verdict === 'send') this.#planned.set(`${stepId}:${occurrence}`, { step: stepId, at: plannedAt });
  }

  /** Whether the run took every turn of the way, as far as that says where to turn. */
  #wentThere(): boolean {
    const wanted = this.way.flatMap(({ step, took }) =>
      took !== null && this.#steps.get(step)?.type !== 'split' ? `${step} ${took}` : [],
    );
    const { visits, step } = this.#run.position;
    const reached = (id: string) =>
      (visits[id] ?? 0) > 0 || step === id || this.#steps.get(id)?.type === 'exit';
    const turned = wanted.every((one, n) => this.#taken[n] === one);
    // A run that fails is left where it was before.
    return turned && (this.#run.status === 'failed' || this.way.every((one) => reached(one.step)));
  }

  #told(): Witness {
    let stretch = 0;
    const way = this.way.map(({ step, took }) => {
      const told = { step, took, at: this.#began[stretch] ?? this.#now };
      const its = this.#steps.get(step);
      if (its && isWaitedAt(its)) stretch++;
      return told;
    });
    const messages = [...this.#planned.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
    const { learned: facts, facts: world } = this.#world;
    return { way, facts, events: this.#events, messages, world, run: this.#run };
  }
}

function takenBy({ rule, facts, verdict }: RunDecision): string[] {
  if (rule === 'branch')
    return [`${facts.step} ${facts.branch === null ? 'otherwise' : `branches.${facts.branch}`}`];
  if (rule === 'workflow')
    return Object.keys(outcomes).flatMap((took) =>
      outcomes[took] === verdict ? `${facts.step} ${took}` : [],
    );
  if (rule === 'wait_event') return [`${facts.step} ${verdict === 'timeout' ? 'timeout' : 'event'}`];
  return [];
}
