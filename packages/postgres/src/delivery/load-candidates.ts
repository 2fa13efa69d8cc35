import type { Channel } from '@halyard/contracts/primitives';
import type { Candidate, DueMessage, ReleaseOrganization } from '@halyard/core/delivery/candidate';
import type { Payload } from '@halyard/core/delivery/provider';
import { recipientIn } from '@halyard/core/delivery/recipient';
import type { Facts } from '@halyard/core/flows/run';
import type { OrgId, ProductId } from '@halyard/core/ids';
import type { Tx } from '../database.js';
import { loadFacts } from '../facts.js';
import { pausedFlowsOf } from '../flow-pauses.js';
import { loadTemplates } from '../load-templates.js';
import { loadConsents, loadLastInbound, loadReleased, lockCappedContacts } from './load-contact-state.js';
import { loadHistory, loadStoredPayloads } from './load-history.js';
import { loadSubjectStates } from './load-subject-states.js';
import { loadSuppressed } from './load-suppressed.js';

export type LoadedCandidate = Candidate & { storedPayload: Payload | null };

/**
 * Reads everything that the release of these messages rests on: a fixed number of set-based queries for any number of
 * messages. Messages whose contact another transaction is changing are left out; they come back with the next claim.
 */
export async function loadCandidates(
  tx: Tx,
  claimed: readonly DueMessage[],
  organizations: ReadonlyMap<OrgId, ReleaseOrganization>,
  now: Date,
): Promise<LoadedCandidate[]> {
  const messages = await lockCappedContacts(tx, claimed, organizations);
  const facts = await loadFacts(tx, messages.map(factsRequest));
  const recipients = messages.map((message, n) => recipientIn(facts[n] ?? {}, message));
  const subjects = await loadSubjectStates(tx, messages);
  const pausedFlows = await pausedFlowsOf(tx, messages);
  const templates = await loadTemplatesOf(tx, messages, facts);
  const consents = await loadConsents(tx, messages);
  const lastInbound = await loadLastInbound(tx, messages);
  const released = await loadReleased(tx, messages, organizations, now);
  const suppressed = await loadSuppressed(tx, messages, recipients);
  const history = await loadHistory(tx, messages);
  const payloads = await loadStoredPayloads(tx, history);
  return messages.flatMap((message, n) => {
    const organization = organizations.get(message.orgId);
    if (!organization) return [];
    const { orgId, contactId } = message;
    const of = `${orgId}/${contactId}`;
    const recipient = recipients[n];
    return {
      message,
      organization,
      contact: recipient
        ? {
            ...recipient,
            consents: consents.get(of) ?? [],
            lastInboundAt: lastInbound.get(of) ?? {},
          }
        : null,
      subject: subjects.stateOf(message),
      flowPaused: message.origin.flowId !== null && pausedFlows.has(message.origin.flowId),
      undecidedEvent: subjects.hasUndecidedEvent(message),
      facts: facts[n] ?? {},
      released: released.get(of) ?? [],
      suppressed: suppressed.get(message.id) ?? new Map(),
      templates: templates[n] ?? {},
      history: history.get(message.id) ?? [],
      storedPayload: payloads.get(message.id) ?? null,
    };
  });
}

const factsRequest = (message: DueMessage) => ({
  orgId: message.orgId,
  contactId: message.contactId,
  subject: message.subject,
  event: message.eventId,
  runId: message.origin.runId,
});

async function loadTemplatesOf(tx: Tx, messages: readonly DueMessage[], facts: readonly Facts[]) {
  const wanted = messages.flatMap((message, n) => {
    const { orgId, template, channels } = message;
    return template ? [{ n, orgId, template, channels, productId: productIn(facts[n] ?? {}) }] : [];
  });
  const found = await loadTemplates(tx, wanted);
  const templates: Partial<Record<Channel, Candidate['templates'][Channel]>>[] = messages.map(() => ({}));
  wanted.forEach(({ n }, position) => {
    templates[n] = found[position] ?? {};
  });
  return templates as Candidate['templates'][];
}

const productIn = (facts: Facts): ProductId | null =>
  (facts.product as { id?: ProductId } | null | undefined)?.id ?? null;
