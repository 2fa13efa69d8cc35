import type { Channel } from '@halyard/contracts/primitives';
import type { Candidate } from '../delivery/candidate.js';
import { suppressionKey } from '../delivery/candidate.js';
import { addressOn } from '../delivery/checks/channel-checks.js';
import { recipientIn } from '../delivery/recipient.js';
import { cancellations, isEntity } from '../events/entities.js';
import type { Facts } from '../flows/run.js';
import type { ContactId } from '../ids.js';
import { factsIn } from './simulated-facts.js';
import type { SimulatedMessage } from './simulated-message.js';
import { toDueMessage } from './simulated-message.js';
import type { Tree } from './starting-point.js';
import type { ContactState, SimulationState } from './state.js';

/** The facts that a message is released and rendered with. */
export const factsOf = (state: SimulationState, { written }: SimulatedMessage): Facts =>
  factsIn(state, {
    orgId: state.start.orgId,
    contactId: written.contactId,
    subject: written.subject ?? null,
    event: written.eventId ?? null,
    runId: written.origin?.runId ?? null,
  });

/** Everything that the release of a message rests on, as it is at this moment of the simulation. */
export function simulatedCandidate(
  state: SimulationState,
  message: SimulatedMessage,
  facts: Facts,
  now: Date,
): Candidate {
  const { start } = state;
  const { written } = message;
  const contact = state.contacts.get(written.contactId as ContactId);
  const entity = state.entityOf(written.subject);
  const due = toDueMessage(start.orgId, message, revisionOf(entity));
  const recipient = recipientIn(facts, due);
  return {
    message: due,
    organization: start.organization,
    contact: recipient && contact ? { ...recipient, ...consentsAndWindows(contact, now) } : null,
    subject: subjectState(state, message, entity),
    flowPaused: false,
    undecidedEvent: false,
    facts,
    released: contact && start.organization.policy.caps.length ? releasedUntil(contact, now) : [],
    suppressed: contact ? suppressedNow(contact, message, recipient, now) : new Map(),
    templates: written.template
      ? start.templatesOf(written.template, written.channels, idOf(facts.product))
      : {},
    history: [],
  };
}

const revisionOf = (entity: Tree | undefined): number | null =>
  typeof entity?.revision === 'number' ? entity.revision : null;

const idOf = (product: unknown): string | null => (product as { id?: string } | null | undefined)?.id ?? null;

const consentsAndWindows = ({ start, lastInboundAt }: ContactState, now: Date) => ({
  consents: start.consents.filter(({ occurredAt }) => occurredAt <= now),
  lastInboundAt,
});

function subjectState(
  state: SimulationState,
  { written }: SimulatedMessage,
  entity: Tree | undefined,
): Candidate['subject'] {
  if (!isEntity(written.subject)) return null;
  if (!entity) return 'missing';
  const definition = written.origin && state.definitions.get(written.origin.versionId);
  const trigger = written.eventId && state.events.get(written.eventId);
  return {
    status: String(entity.status),
    revision: revisionOf(entity) ?? 0,
    outlivesCancelling:
      definition?.cancel_with_subject === false || (trigger && cancellations.includes(trigger.type)) === true,
  };
}

const releasedUntil = ({ start, released }: ContactState, now: Date): Candidate['released'] => [
  ...start.released.filter(({ at }) => at <= now),
  ...released,
];

function suppressedNow(
  { start }: ContactState,
  { written }: SimulatedMessage,
  recipient: Pick<NonNullable<Candidate['contact']>, 'identities'> | null,
  now: Date,
): Candidate['suppressed'] {
  if (start.suppressed.size === 0) return start.suppressed as unknown as Candidate['suppressed'];
  const given = { message: { target: written.target ?? null } as Candidate['message'], contact: recipient };
  return new Map(
    written.channels.flatMap((channel: Channel) => {
      const key = suppressionKey(channel, addressOn(given, channel) ?? '');
      const found = start.suppressed.get(key);
      return found && found.at <= now ? [[key, found.reason] as const] : [];
    }),
  );
}
