import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { WorkKind } from '../claim-loop.js';
import type { PlanChanges, PlanRow } from '../flows/plan.js';
import { reconcile } from '../flows/plan.js';
import type { Facts, PlannedMessage } from '../flows/run.js';
import { planningReasonOf } from '../flows/run-end.js';
import type { EventId, Ids, MessageId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';
import type { OutboxId } from '../outbox/outbox-event.js';
import { closedBy } from '../workflow-calls/closed-by.js';
import type { Consequences, MessageMove, OrgRun, RecordedDecision } from './decide-store.js';

/** A run after it was looked at. `before` is null for a new one, whose `key` is its admission. */
export interface MovedRun {
  before: OrgRun | null;
  key?: string;
  run: OrgRun;
  definition: FlowDefinition;
  facts: Facts;
  plan: PlannedMessage[];
  /** The event that moved it, for the record. */
  eventId: EventId | null;
}

export const nothing = (): Consequences => ({
  newRuns: [],
  movedRuns: [],
  schedule: [],
  move: [],
  revive: [],
  end: [],
  confirm: [],
  contactUpdates: [],
  decisions: [],
  events: [],
  outbox: [],
  calls: [],
  closeCalls: [],
});

/** Loops look by themselves every second, and then know what is due next: what is further away wakes nobody. */
const soonMs = 2_000;

/** Which loops have something to do now, or so soon that they would not notice in time. */
export function wokenBy(consequences: Consequences, now: Date): WorkKind[] {
  const { schedule, move, revive, newRuns, movedRuns, events, contactUpdates, outbox, calls } = consequences;
  const woken: WorkKind[] = [];
  const isSoon = (at: Date | null) => at !== null && at.getTime() - now.getTime() < soonMs;
  const planned = [...schedule.map(({ message }) => message), ...move, ...revive];
  if (planned.some(({ plannedAt }) => isSoon(plannedAt))) woken.push('messages');
  const runs = [...newRuns.map(({ run }) => run), ...movedRuns];
  if (runs.some(({ wakeAt }) => isSoon(wakeAt))) woken.push('runs');
  if (events.some(({ decide }) => decide) || contactUpdates.length) woken.push('events');
  if (outbox.length + contactUpdates.length + calls.length) woken.push('outbox');
  return woken;
}

/** Adds what a moved run means for the database: the run itself, its messages, and what is told about it. */
export function addRun(
  consequences: Consequences,
  moved: MovedRun,
  rows: readonly PlanRow[],
  now: Date,
  newId: Ids,
): void {
  const { run, before, key } = moved;
  if (!before && key !== undefined) consequences.newRuns.push({ run, key });
  // Even when it stands where it stood: its messages are now planned from its subject as it is.
  else consequences.movedRuns.push(run);
  addMessages(consequences, moved, reconcile(rows, moved.plan, planningReasonOf(run)), newId);
  consequences.closeCalls.push(...closedBy(before, run, moved.definition));
  if (!before) addTold(consequences, moved, 'flow.started', now, newId);
  if (run.status !== 'active' && before?.status !== run.status)
    addTold(consequences, moved, run.status === 'completed' ? 'flow.completed' : 'flow.exited', now, newId);
}

function addMessages(consequences: Consequences, moved: MovedRun, changes: PlanChanges, newId: Ids): void {
  const { orgId } = moved.run;
  for (const planned of changes.insert)
    consequences.schedule.push({ orgId, message: toMessage(moved, planned, newId<MessageId>()) });
  for (const { messageId, planned } of changes.move) {
    consequences.move.push(toMove(moved, messageId, planned));
    consequences.decisions.push(planDecision(moved, messageId, 'moved', planned));
  }
  for (const { messageId, planned } of changes.revive) {
    consequences.revive.push(toMove(moved, messageId, planned));
    consequences.decisions.push(planDecision(moved, messageId, 'revived', planned));
  }
  for (const { messageId, status, reason } of changes.cancel) {
    consequences.end.push({ orgId, id: messageId, status, reason });
    consequences.decisions.push(planDecision(moved, messageId, status, null, reason));
  }
}

const planDecision = (
  { run, eventId }: MovedRun,
  messageId: MessageId,
  verdict: string,
  planned: PlannedMessage | null,
  reason?: string,
): RecordedDecision => ({
  orgId: run.orgId,
  runId: run.id,
  messageId,
  contactId: run.contactId,
  ...(eventId && { eventId }),
  rule: 'plan',
  verdict,
  facts: { ...(planned && { planned_at: planned.plannedAt.toISOString() }), ...(reason && { reason }) },
});

const toMove = (moved: MovedRun, id: MessageId, planned: PlannedMessage): MessageMove => ({
  orgId: moved.run.orgId,
  id,
  plannedAt: planned.plannedAt,
  expiresAt: planned.expiresAt,
  timeZone: planned.timeZone,
  subjectRevision: revisionOf(moved.facts),
});

function toMessage({ run, definition, facts }: MovedRun, planned: PlannedMessage, id: MessageId): NewMessage {
  const step = definition.steps.find((candidate) => candidate.id === planned.stepId);
  if (step?.type !== 'message') throw new Error(`Step "${planned.stepId}" of a plan is no message.`);
  const revision = revisionOf(facts);
  return {
    id,
    key: `flow:${run.id}:${step.id}:${planned.occurrence}`,
    contactId: run.contactId,
    source: 'flow',
    origin: {
      runId: run.id,
      flowId: run.flowId,
      versionId: run.versionId,
      stepId: step.id,
      occurrence: planned.occurrence,
    },
    ...(run.subject && { subject: { ...run.subject, ...(revision !== null && { revision }) } }),
    ...(run.triggerEventId && { eventId: run.triggerEventId }),
    class: step.class,
    topic: step.topic,
    channels: step.channels,
    template: { keys: step.template },
    variables: step.variables ?? {},
    ...(step.condition && { condition: step.condition }),
    plannedAt: planned.plannedAt,
    expiresAt: planned.expiresAt,
    timeZone: planned.timeZone,
    ...(planned.verdict === 'past' && { skipped: 'past' }),
    ...followOf(run),
  };
}

/** What a run does follows from what moved it. */
export const followOf = ({ trace }: OrgRun): { trace?: string } => (trace ? { trace } : {});

const revisionOf = (facts: Facts): number | null => {
  const { revision } = (facts.subject ?? {}) as { revision?: unknown };
  return typeof revision === 'number' ? revision : null;
};

/**
 * Tells of a run's start or end. A run that was itself set off by such an event is only put on record: else two flows
 * could set each other off for ever.
 */
function addTold(
  consequences: Consequences,
  { run, facts, key }: MovedRun,
  type: string,
  now: Date,
  newId: Ids,
): void {
  const payload = {
    flow_id: run.flowId,
    flow_key: run.flowKey,
    version_id: run.versionId,
    run_id: run.id,
    run_subject: run.subject,
    ...(run.endReason !== null && { reason: run.endReason }),
    ...(key !== undefined && { admission: key }),
  };
  const { type: cause } = (facts.event ?? {}) as { type?: unknown };
  const decide = !(typeof cause === 'string' && cause.startsWith('flow.'));
  const { orgId, contactId } = run;
  const follow = followOf(run);
  consequences.events.push({
    orgId,
    decide,
    event: {
      id: newId<EventId>(),
      type,
      contactId,
      subject: { type: 'run', id: run.id },
      payload,
      occurredAt: now,
      ...follow,
    },
  });
  consequences.outbox.push({
    orgId,
    id: newId<OutboxId>(),
    type,
    payload: { contact_id: contactId, ...payload },
    occurredAt: now,
    ...follow,
  });
}
