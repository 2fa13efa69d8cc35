import type { FlowReason, FlowVerdict } from '@halyard/contracts/explain/flow';
import type { ExplainedCondition, ExplainedFlip } from '@halyard/contracts/explain/parts';
import type { Facts } from '../conditions/evaluate.js';
import type { SeenEvent } from '../flows/run.js';
import type { ContactId, OrgId } from '../ids.js';
import type { EventRecord, ExplainReader, FlowRecord, RunRecord } from './explain-store.js';
import type { FlowThen } from './flow-then.js';
import type { Teller } from './tell.js';

/** Where a contact stands with a flow, and why: what an explanation is told from. */
export interface Place {
  verdict: FlowVerdict;
  reason: FlowReason;
  /** The moment that is explained. */
  at: Date;
  event: EventRecord | null;
  run: RunRecord | null;
  step: string | null;
  until: Date | null;
  waitingFor: string | null;
  /** The name of a rule, or the reason of an end. */
  name: string | null;
  condition: ExplainedCondition | null;
  flip: ExplainedFlip | null;
  /** How the flow stood then, where admission was in question. */
  flowThen: FlowThen | null;
}

export const place = (given: Pick<Place, 'verdict' | 'reason' | 'at'> & Partial<Place>): Place => ({
  event: null,
  run: null,
  step: null,
  until: null,
  waitingFor: null,
  name: null,
  condition: null,
  flip: null,
  flowThen: null,
  ...given,
});

/** Whose place is looked for, and with what. */
export interface Question {
  orgId: OrgId;
  flow: FlowRecord;
  contactId: ContactId;
  reader: ExplainReader;
  teller: Teller;
  now: Date;
}

/** The event as it would have been, had its facts been these. */
export function eventIn(facts: Facts, event: SeenEvent): SeenEvent {
  const seen = (facts.event ?? {}) as { type?: unknown; payload?: unknown };
  return {
    ...event,
    type: typeof seen.type === 'string' ? seen.type : event.type,
    payload: (seen.payload ?? {}) as SeenEvent['payload'],
  };
}

/** Where a fact stood when something was decided about an event: not before the event was there. */
export const decidedAt = (at: Date, event: EventRecord | null): Date =>
  event && event.recordedAt > at ? event.recordedAt : at;
