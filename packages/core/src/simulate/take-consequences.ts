import type { Consequences, MessageMove } from '../decide/decide-store.js';
import { toContactUpdate } from '../flows/contact-update.js';
import { planningReasons } from '../flows/plan.js';
import type { ContactId, EventId, Ids } from '../ids.js';
import type { SimulatedMessage } from './simulated-message.js';
import { newlyWritten } from './simulated-message.js';
import type { SimulationState } from './state.js';

/** Takes what was decided into the state, as the database would (postgres/decide/write-consequences.ts). */
export function takeConsequences(
  state: SimulationState,
  consequences: Consequences,
  now: Date,
  newId: Ids,
): void {
  for (const { run, key } of consequences.newRuns) {
    state.keepRun(run);
    state.taken.add(`${run.flowId}/${key}`);
    const assignment = `${run.flowId}/${run.contactId}`;
    if (!state.assigned.has(assignment)) state.assigned.set(assignment, run.versionId);
  }
  for (const run of consequences.movedRuns) state.keepRun(run);
  for (const { contactId, set } of consequences.contactUpdates)
    updateContact(state, contactId, set, now, newId);
  for (const { id, status, reason } of consequences.end) end(state.messages.get(id), status, reason, now);
  for (const move of consequences.move) reschedule(state, move, ({ status }) => status === 'scheduled');
  for (const move of consequences.revive) reschedule(state, move, endedByPlanning);
  for (const { message } of consequences.schedule) write(state, newlyWritten(message, now));
  for (const call of consequences.calls) state.workflows.call(call);
  for (const closed of consequences.closeCalls) state.workflows.close(closed);
  for (const { event, decide } of consequences.events) {
    const seen = { ...event, subject: event.subject ?? null };
    if (decide) state.queue(seen);
    else state.events.set(seen.id, seen);
  }
}

function write(state: SimulationState, message: SimulatedMessage): void {
  const { id, origin } = message.written;
  state.messages.set(id, message);
  if (origin) {
    const ofRun = state.messagesOfRun.get(origin.runId);
    if (ofRun) ofRun.push(message);
    else state.messagesOfRun.set(origin.runId, [message]);
  }
  if (message.status === 'scheduled') state.dues.add(message.dueAt, message);
}

function end(
  message: SimulatedMessage | undefined,
  status: SimulatedMessage['status'],
  reason: string,
  now: Date,
): void {
  if (message?.status !== 'scheduled') return;
  message.status = status;
  message.reason = reason;
  message.endedAt = now;
}

function reschedule(
  state: SimulationState,
  move: MessageMove,
  may: (message: SimulatedMessage) => boolean,
): void {
  const message = state.messages.get(move.id);
  if (!message || !may(message)) return;
  message.status = 'scheduled';
  message.reason = null;
  message.endedAt = null;
  message.plannedAt = move.plannedAt;
  message.dueAt = move.plannedAt;
  message.expiresAt = move.expiresAt;
  message.timeZone = move.timeZone;
  state.dues.add(message.dueAt, message);
}

const endedByPlanning = ({ status, reason }: SimulatedMessage): boolean =>
  (status === 'cancelled' || status === 'skipped') &&
  (planningReasons as readonly (string | null)[]).includes(reason);

/** Null removes an attribute; fields are text. */
function updateContact(
  state: SimulationState,
  contactId: ContactId,
  set: Record<string, unknown>,
  now: Date,
  newId: Ids,
): void {
  const contact = state.contacts.get(contactId);
  if (!contact) return;
  const { fields, attributes } = toContactUpdate(set);
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...(contact.facts.attributes as object), ...attributes });
  contact.facts = {
    ...contact.facts,
    ...Object.fromEntries(given.map(([name, value]) => [name, value === null ? null : String(value)])),
    attributes: Object.fromEntries(merged.filter(([, value]) => value !== null)),
  };
  const names = [
    ...given.map(([name]) => name),
    ...Object.keys(attributes).map((name) => `attributes.${name}`),
  ];
  state.queue({
    id: newId<EventId>(),
    type: 'contact.updated',
    contactId,
    subject: null,
    payload: { changed: names.sort() },
    occurredAt: now,
  });
}
