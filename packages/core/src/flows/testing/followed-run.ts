import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../../ids.js';
import { advance } from '../advance.js';
import type { Advanced, Cause, Facts, Run, SeenEvent } from '../run.js';
import { startRun } from '../run.js';

/** A flow that bookings begin, unless it is defined otherwise. */
export const define = (steps: unknown[], more: Partial<FlowDefinitionInput> = {}): FlowDefinition =>
  FlowDefinition.parse({
    name: 'Sailing school',
    trigger: { type: 'event', event: 'booking.created' },
    zone: 'subject',
    steps,
    ...more,
  });

export const at = (iso: string): Date => new Date(iso);
/** What a run about a booking knows: somebody in New York who booked in Berlin. */
export const booking = (startsAt: string, more: object = {}): Facts => ({
  contact: { id: 'c', first_name: 'Mia', time_zone: 'America/New_York', attributes: {} },
  subject: {
    status: 'confirmed',
    starts_at: startsAt,
    ends_at: startsAt,
    time_zone: 'Europe/Berlin',
    ...more,
  },
  organization: { time_zone: 'Europe/Berlin' },
  steps: {},
});

export const started = (definition: FlowDefinition, now: Date): Run =>
  startRun(
    {
      id: 'run-1' as RunId,
      flowId: 'flow' as FlowId,
      versionId: 'version' as FlowVersionId,
      contactId: 'c' as ContactId,
      subject: { type: 'booking', id: 'b' },
      triggerEventId: null,
    },
    definition,
    now,
  );

const event = (type: string, occurredAt: Date, payload: Record<string, unknown> = {}): SeenEvent => ({
  id: `${type}-${occurredAt.toISOString()}` as EventId,
  type,
  contactId: 'c' as ContactId,
  subject: null,
  payload,
  occurredAt,
});

/** Follows one run through a day-book of looks at it. */
export function follow(definition: FlowDefinition, facts: Facts, from: string) {
  const first = advance({
    definition,
    run: started(definition, at(from)),
    facts,
    cause: { kind: 'start' },
    now: at(from),
  });
  let run = first.run;
  return {
    first,
    look(now: string, cause: Cause = { kind: 'wake' }, current: Facts = facts): Advanced {
      const result = advance({ definition, run, facts: current, cause, now: at(now) });
      run = result.run;
      return result;
    },
    tell(type: string, now: string, payload: Record<string, unknown> = {}): Advanced {
      return this.look(now, { kind: 'event', event: event(type, at(now), payload) });
    },
  };
}

/** The plan, a line for each message: step, moment and verdict. */
export const planned = ({ plan }: Pick<Advanced, 'plan'>): string[] =>
  plan.map(({ stepId, plannedAt, verdict }) => `${stepId} ${plannedAt.toISOString()} ${verdict}`);
