import type { FlowCounterexample } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { withFact } from '../../explain/with-fact.js';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../../ids.js';
import { advance } from '../advance.js';
import { withContactUpdate } from '../contact-update.js';
import type { Cause, Facts, Run } from '../run.js';
import { startRun } from '../run.js';

/** What somebody lives through: the facts at each moment, and what happens. */
export interface Life {
  contactId: string;
  startedAt: Date;
  /** As they are from a moment on, before what the flow itself has set. */
  factsAt(at: Date): Facts;
  events: readonly { type: string; at: Date; payload?: Record<string, unknown> }[];
}

export interface Lived {
  run: Run;
  /** Steps that were gone through, and branches that were taken, as `step branches.0`. */
  visited: Set<string>;
  taken: Set<string>;
  messages: { step: string; at: Date }[];
  /** As they are at the end. */
  facts: Facts;
}

const ids = { id: 'run' as RunId, flowId: 'flow' as FlowId, versionId: 'version' as FlowVersionId };

/** Lets a run live as the loops would: looked at when it asks for it and at each event, for sixty looks. */
export function live(definition: FlowDefinition, life: Life): Lived {
  const subject = life.factsAt(life.startedAt).subject ? { type: 'booking', id: 'booking' } : null;
  const contactId = life.contactId as ContactId;
  let run = startRun({ ...ids, contactId, subject, triggerEventId: null }, definition, life.startedAt);
  const lived: Lived = { run, visited: new Set(), taken: new Set(), messages: [], facts: {} };
  const planned = new Map<string, { step: string; at: Date }>();
  const waiting = [...life.events].sort((a, b) => a.at.getTime() - b.at.getTime());
  let set: Record<string, unknown> = {};
  let now = life.startedAt;
  let cause: Cause = { kind: 'start' };
  for (let looks = 0; looks < 60; looks++) {
    const facts = withContactUpdate(life.factsAt(now), set);
    const advanced = advance({ definition, run, facts, cause, now });
    run = advanced.run;
    for (const effect of advanced.effects)
      if (effect.kind === 'update_contact') set = { ...set, ...effect.set };
    for (const { rule, facts: of } of advanced.decisions)
      if (rule === 'branch')
        lived.taken.add(`${of.step} ${of.branch === null ? 'otherwise' : `branches.${of.branch}`}`);
    for (const [key, { at }] of planned) if (at > now) planned.delete(key);
    for (const { stepId, occurrence, plannedAt, verdict } of advanced.plan)
      if (verdict === 'send') planned.set(`${stepId}:${occurrence}`, { step: stepId, at: plannedAt });
    for (const step of [...Object.keys(run.position.visits), run.position.step])
      if (step) lived.visited.add(step);
    if (run.status !== 'active') break;
    while (waiting[0] && waiting[0].at < now) waiting.shift();
    const [event] = waiting;
    if (event && (!run.wakeAt || event.at <= run.wakeAt)) {
      waiting.shift();
      now = event.at;
      const id = `event-${looks}` as EventId;
      const seen = {
        id,
        type: event.type,
        contactId,
        subject,
        payload: event.payload ?? {},
        occurredAt: now,
      };
      cause = { kind: 'event', event: seen };
    } else if (run.wakeAt) {
      if (run.wakeAt > now) now = run.wakeAt;
      cause = { kind: 'wake' };
    } else break;
  }
  const messages = [...planned.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
  return { ...lived, run, messages, facts: withContactUpdate(life.factsAt(now), set) };
}

/** Lives as a counterexample says, with the facts of its own over those of the world. */
export function lifeOf({ way, facts, events }: FlowCounterexample, contactId: string, world: Facts): Life {
  return {
    contactId,
    startedAt: new Date(way[0]?.at ?? 0),
    events: events.map(({ type, at, payload }) => ({ type, at: new Date(at), payload })),
    factsAt: (at) =>
      facts
        .filter(({ from }) => from === null || new Date(from) <= at)
        .reduce<Facts>((tree, { field, value }) => withFact(tree, field, value), world),
  };
}
