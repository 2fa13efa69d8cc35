import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { isOfEntity } from '../events/entities.js';
import type { Run, SeenEvent } from '../flows/run.js';
import { matchesType, sameSubject } from '../flows/triggers.js';

/**
 * Whether an event can change anything about a run of its contact: it is about the run's subject or about the contact
 * itself (whose zone and attributes dates and conditions depend on), the run waits for it, or a rule of the flow looks
 * at it; also whether the run should have moved by now, since what it then comes to may wait for the event. All others
 * need not be loaded.
 */
export function concerns(event: SeenEvent, run: Run, definition: FlowDefinition, now: Date): boolean {
  if (run.wakeAt !== null && run.wakeAt <= now) return true;
  if (sameSubject(run.subject, event.subject) || event.type.startsWith('contact.')) return true;
  if (run.waitingFor.some((pattern) => matchesType(pattern, event.type))) return true;
  const rules = definition.goal ? [definition.goal, ...definition.exits] : definition.exits;
  return rules.some((rule) => rule.event === undefined || matchesType(rule.event, event.type));
}

/**
 * Whether an event may give new life to runs about its subject that had run out: when a booking moves, or somebody
 * gets on with a course, messages whose moment was over may lie ahead again.
 */
export const mayReopen = (event: SeenEvent): boolean => reopening.has(event.type);

const reopening: ReadonlySet<string> = new Set([
  'booking.rescheduled',
  'booking.changed',
  'enrollment.changed',
  'enrollment.progressed',
  'enrollment.corrected',
]);

/** Whether plans about its subject were made of an earlier state: of one that is new there is none yet. */
export const changesSubject = (event: SeenEvent): boolean =>
  isOfEntity(event.type) && !event.type.endsWith('.created');

/** A run as it was before it ran out, to be advanced again. Goals, exits and stops are final. */
export const reopened = <R extends Run>(run: R): R =>
  run.status === 'completed' && run.endReason === null ? { ...run, status: 'active' } : run;
