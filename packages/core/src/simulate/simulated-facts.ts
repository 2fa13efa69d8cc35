import type { FactsAsked } from '../decide/decide-store.js';
import type { Subject } from '../events/event.js';
import type { Facts, SeenEvent } from '../flows/run.js';
import type { RunId } from '../ids.js';
import type { Tree } from './starting-point.js';
import type { SimulationState } from './state.js';

/** The facts as they are at this moment of the simulation, in the shape that the database gives them. */
export function factsIn(state: SimulationState, { contactId, subject, event, runId }: FactsAsked): Facts {
  const entity = state.entityOf(subject);
  const seen = typeof event === 'string' ? state.events.get(event) : event;
  return {
    contact: (contactId && state.contacts.get(contactId)?.facts) ?? null,
    subject: entity ?? (subject satisfies Subject | null),
    product: productOf(state, entity),
    event: seen ? eventFacts(seen) : null,
    steps: { ...stepsOf(state, runId), ...(runId && state.workflows.factsOf(runId)) },
    organization: state.start.organizationFacts,
  };
}

const productOf = ({ start }: SimulationState, booking: Tree | undefined): Tree | null =>
  (typeof booking?.product_id === 'string' && start.products.get(booking.product_id)) || null;

const known = new WeakMap<SeenEvent, Tree>();

function eventFacts(event: SeenEvent): Tree {
  const facts = known.get(event) ?? factsOf(event);
  known.set(event, facts);
  return facts;
}

const factsOf = ({ id, type, payload, occurredAt }: SeenEvent): Tree => ({
  id,
  type,
  payload,
  occurred_at: occurredAt.toISOString(),
});

interface Engagement {
  sent: boolean;
  delivered: boolean;
  opened: boolean;
  clicked: boolean;
  replied: boolean;
}

/** Per step of the run, what became of its messages. */
function stepsOf(state: SimulationState, runId: RunId | null): Record<string, Engagement> {
  const steps: Record<string, Engagement> = {};
  for (const message of (runId && state.messagesOfRun.get(runId)) || []) {
    const step = message.written.origin?.stepId;
    if (!step) continue;
    const before = steps[step];
    steps[step] = {
      sent: message.sentAt !== null || (before?.sent ?? false),
      delivered: message.deliveredAt !== null || (before?.delivered ?? false),
      opened: message.openedAt !== null || (before?.opened ?? false),
      clicked: message.clickedAt !== null || (before?.clicked ?? false),
      replied: false,
    };
  }
  return steps;
}
