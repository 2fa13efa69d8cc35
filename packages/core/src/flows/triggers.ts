import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { evaluate, evaluateKnown } from '../conditions/evaluate.js';
import type { Subject } from '../events/event.js';
import type { ContactId, EventId } from '../ids.js';
import type { Facts, SeenEvent } from './run.js';

/** Whether an event type is meant by a pattern: `booking.created` itself, or `booking.*` for all of a kind. */
export const matchesType = (pattern: string, type: string): boolean =>
  pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;

/** Whether both are about one thing. What is about nothing is about nothing in common. */
export const sameSubject = (a: Subject | null, b: Subject | null): boolean =>
  a !== null && b !== null && a.type === b.type && a.id === b.id;

/** What conditions can ask of an event. */
type ToldEvent = Pick<SeenEvent, 'id' | 'type' | 'payload' | 'occurredAt'>;

/** The facts as they look with this event in the place of the one that started the run. */
export const withEvent = (facts: Facts, event: ToldEvent): Facts => ({
  ...facts,
  event: {
    id: event.id,
    type: event.type,
    payload: event.payload,
    occurred_at: event.occurredAt.toISOString(),
  },
});

/** Whether an event admits its contact to a flow. `facts.event` need not be set. */
export function triggeredBy(definition: FlowDefinition, event: SeenEvent, facts: Facts, now: Date): boolean {
  const { trigger } = definition;
  if (trigger.type !== 'event' || !event.contactId || !matchesType(trigger.event, event.type)) return false;
  return !trigger.filter || evaluate(trigger.filter, withEvent(facts, event), now);
}

/** Whether an event may admit its contact, as far as the event alone tells: most are ruled out before facts are loaded. */
export function mayTrigger(
  { trigger }: Pick<FlowDefinition, 'trigger'>,
  event: ToldEvent,
  now: Date,
): boolean {
  if (trigger.type !== 'event' || !matchesType(trigger.event, event.type)) return false;
  return !trigger.filter || evaluateKnown(trigger.filter, withEvent({}, event), now) !== false;
}

/**
 * What must be unique among the admissions to a flow. A flow that a contact enters once per subject is entered once
 * when there is no subject. `always` counts each occasion: the event, or the tick of a schedule.
 */
export function reentryKey(
  reentry: FlowDefinition['reentry'],
  contactId: ContactId,
  subject: Subject | null,
  occasion: EventId | string,
): string {
  switch (reentry) {
    case 'once':
      return `contact:${contactId}`;
    case 'once_per_subject':
      return subject ? `contact:${contactId}:${subject.type}:${subject.id}` : `contact:${contactId}`;
    case 'always':
      return `contact:${contactId}:occasion:${occasion}`;
  }
}
