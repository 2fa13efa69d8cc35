import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { ConnectionId, ContactId, MessageId, OrgId } from '../../ids.js';
import { closedBreaker } from '../breaker.js';
import type { Candidate, DueMessage, Recipient, ReleaseConnection } from '../candidate.js';
import { ReleaseRound } from '../release-round.js';

/** What a test wants to be different; everything else is a message that goes out. */
export interface Given {
  message?: Partial<DueMessage>;
  contact?: Partial<Recipient>;
  policy?: Record<string, unknown>;
  connections?: Partial<ReleaseConnection>[];
  candidate?: Partial<Candidate>;
}

const orgId = '00000000-0000-7000-8000-0000000000aa' as OrgId;
const contactId = '00000000-0000-7000-8000-0000000000cc' as ContactId;

/** A due message with all its facts, for tests of release. */
export function candidateOf(given: Given, at: Date): Candidate {
  return {
    message: { ...plainMessage(at), ...given.message },
    organization: {
      orgId,
      name: 'School',
      timeZone: 'Europe/Berlin',
      locale: 'en',
      country: null,
      postalAddress: null,
      website: null,
      policy: OrganizationPolicy.parse(given.policy ?? {}),
      connections: (given.connections ?? [{}]).map((connection, n) => ({
        ...plainConnection(n),
        ...connection,
      })),
    },
    contact: { ...plainContact, ...given.contact },
    subject: null,
    flowPaused: false,
    undecidedEvent: false,
    facts: {},
    released: [],
    suppressed: new Map(),
    templates: {},
    history: [],
    ...given.candidate,
  };
}

export const roundAt = (at: Date): ReleaseRound =>
  new ReleaseRound(at, new Map(), { roomAt: () => 1_000, repeatWithinMs: () => 43_200_000 });

const plainMessage = (at: Date): DueMessage => ({
  orgId,
  id: '00000000-0000-7000-8000-00007fffffff' as MessageId,
  contactId,
  source: 'api',
  origin: { runId: null, flowId: null, versionId: null, stepId: null },
  subject: null,
  eventId: null,
  class: 'marketing',
  topic: '*',
  channels: ['email'],
  template: null,
  content: { body: 'Ahoy' },
  variables: {},
  condition: null,
  target: null,
  plannedAt: at,
  dueAt: at,
  expiresAt: null,
  timeZone: null,
  tries: 0,
  deferredBy: null,
  trace: null,
});

const plainContact: Recipient = {
  id: contactId,
  firstName: 'Ada',
  lastName: null,
  locale: null,
  timeZone: 'Europe/Berlin',
  country: null,
  preferredChannel: null,
  erased: false,
  identities: [
    { kind: 'email', address: 'ada@example.com' },
    { kind: 'phone', address: '+4915112345678' },
  ],
  consents: [],
  lastInboundAt: {},
};

const plainConnection = (n: number): ReleaseConnection => ({
  id: `00000000-0000-7000-8000-0000000000${10 + n}` as ConnectionId,
  orgId,
  name: `Connection ${n}`,
  provider: 'sandbox',
  channels: ['email', 'sms', 'whatsapp'],
  settings: {},
  sealed: null,
  priority: n,
  ratePerSecond: null,
  breaker: closedBreaker,
});
