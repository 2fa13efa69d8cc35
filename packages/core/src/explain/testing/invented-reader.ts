import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { factAt } from '../../conditions/facts.js';
import { now } from '../../conditions/testing/arbitraries.js';
import type { Facts, SeenEvent } from '../../flows/run.js';
import type { ContactId, EventId, FlowId, FlowVersionId } from '../../ids.js';
import type { EventRecord, ExplainReader, FlowRecord } from '../explain-store.js';

export const contactId = 'contact' as ContactId;

/** A flow with one version, live since ever. */
export const inventedFlow = (definition: object): FlowRecord => ({
  id: 'flow' as FlowId,
  key: 'any',
  name: 'Any',
  status: 'live',
  history: [],
  versions: [
    {
      id: 'v1' as FlowVersionId,
      number: 1,
      weight: 100,
      publishedAt: new Date(0),
      definition: FlowDefinition.parse({ name: 'Any', ...definition }),
    },
  ],
});

/** An event whose payload is what the facts say of it. */
export function inventedEvent(facts: Facts): SeenEvent {
  const amount = factAt(facts, 'event.payload.amount');
  return {
    id: 'event' as EventId,
    type: 'order.paid',
    contactId,
    subject: null,
    payload: amount === null ? {} : { amount },
    occurredAt: now,
  };
}

export const recorded = (event: SeenEvent): EventRecord =>
  ({ event, recordedAt: now, state: 'decided', told: {} }) as EventRecord;

/** A database in which nothing ever happened but what is given. */
export const inventedReader = (
  flow: FlowRecord,
  facts: Facts,
  given: Partial<ExplainReader>,
): ExplainReader => ({
  message: async () => null,
  flow: async () => flow,
  contact: async () => ({ id: contactId, timeZone: 'UTC' }),
  event: async () => null,
  latestEvent: async () => null,
  runs: async () => [],
  admissions: async () => ({ taken: new Map(), assigned: null }),
  decisions: async () => [],
  factsAt: async () => ({ facts, at: now, asOf: () => 'then' }),
  ...given,
});
