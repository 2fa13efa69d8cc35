import type { Channel } from '@halyard/contracts/primitives';
import type { DueMessage } from '../delivery/candidate.js';
import type { Rule } from '../delivery/check.js';
import type { PlanRow } from '../flows/plan.js';
import type { OrgId } from '../ids.js';
import type { MessageStatus, NewMessage } from '../messages/message.js';

/** Why a message did not go out at a moment at which it was due. */
export interface Held {
  at: Date;
  rule: Rule;
  reason: string;
  until: Date;
  needs: string;
}

/** What was seen of a message that was rendered. */
export interface SimulatedContent {
  subject?: string;
  text: string;
  html?: string;
}

/** A message as its row would be, while the simulation runs. */
export interface SimulatedMessage {
  readonly written: NewMessage;
  status: MessageStatus;
  /** Why it ended, or was put off the last time. */
  reason: string | null;
  /** What would have to differ, when a rule ended it. */
  needs: string | null;
  plannedAt: Date;
  dueAt: Date;
  expiresAt: Date | null;
  timeZone: string | null;
  held: Held[];
  /** When it was sent, or ended. */
  endedAt: Date | null;
  channel: Channel | null;
  address: string | null;
  cost: { amount: number; currency: string } | null;
  content: SimulatedContent | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
}

export const newlyWritten = (written: NewMessage, now: Date): SimulatedMessage => ({
  written,
  status: written.skipped === undefined ? 'scheduled' : 'skipped',
  reason: written.skipped ?? null,
  needs: null,
  plannedAt: written.plannedAt,
  dueAt: written.plannedAt,
  expiresAt: written.expiresAt,
  timeZone: written.timeZone,
  held: [],
  endedAt: written.skipped === undefined ? null : now,
  channel: null,
  address: null,
  cost: null,
  content: null,
  sentAt: null,
  deliveredAt: null,
  openedAt: null,
  clickedAt: null,
});

/** As planning reads it. */
export const toPlanRow = ({ written, status, reason, plannedAt }: SimulatedMessage): PlanRow => ({
  messageId: written.id,
  stepId: written.origin?.stepId ?? '',
  occurrence: written.origin?.occurrence ?? 1,
  status,
  reason,
  plannedAt,
});

/** As delivery reads it. `revision`: its booking's; plans are current here, as every event is decided at once. */
export function toDueMessage(orgId: OrgId, message: SimulatedMessage, revision: number | null): DueMessage {
  const { written } = message;
  return {
    orgId,
    id: written.id,
    contactId: written.contactId,
    source: written.source,
    origin: {
      runId: written.origin?.runId ?? null,
      flowId: written.origin?.flowId ?? null,
      versionId: written.origin?.versionId ?? null,
      stepId: written.origin?.stepId ?? null,
    },
    subject: written.subject ? { ...written.subject, revision } : null,
    eventId: written.eventId ?? null,
    class: written.class,
    topic: written.topic,
    channels: written.channels,
    template: written.template ?? null,
    content: written.content ?? null,
    variables: written.variables,
    condition: written.condition ?? null,
    target: written.target ?? null,
    plannedAt: message.plannedAt,
    dueAt: message.dueAt,
    expiresAt: message.expiresAt,
    timeZone: message.timeZone,
    tries: 0,
    deferredBy: message.reason,
    trace: null,
  };
}
