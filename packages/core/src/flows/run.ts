import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Subject } from '../events/event.js';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../ids.js';

/**
 * The facts that conditions, anchors and templates read, as a tree of plain JSON values (instants as ISO strings):
 * contact (id, first_name, last_name, locale, time_zone, country, attributes, …), subject (a booking: id, status,
 * starts_at, ends_at, time_zone, attributes, …), product, event (the trigger: id, type, payload, occurred_at),
 * steps (per step id of this run: sent, delivered, opened, clicked, replied; of a called workflow: outcome, answer, error,
 * occurrence), organization (name, time_zone, locale).
 */
export type Facts = Record<string, unknown>;

/** What happened, as decisions see it. */
export interface SeenEvent {
  id: EventId;
  type: string;
  contactId: ContactId | null;
  subject: Subject | null;
  payload: Record<string, unknown>;
  occurredAt: Date;
}

export type RunStatus = 'active' | 'completed' | 'exited' | 'cancelled' | 'failed';

/** One contact's way through one version. `position` is the interpreter's own, plain JSON. */
export interface Run {
  id: RunId;
  flowId: FlowId;
  versionId: FlowVersionId;
  contactId: ContactId;
  subject: Subject | null;
  triggerEventId: EventId | null;
  status: RunStatus;
  endReason: string | null;
  position: RunPosition;
  startedAt: Date;
  /** When it must be looked at next; null = only an event moves it. */
  wakeAt: Date | null;
  /** Event types it waits for, to find it quickly. */
  waitingFor: string[];
}

/** Where a run stands. Instants are ISO strings, so that it is stored and read back as it is. */
export interface RunPosition {
  /** The step it executes next, or waits in; null: it is past the last one. */
  step: string | null;
  /** The run's own moment there: when the step was reached, not when the loop got round to it. */
  reachedAt: string;
  /** How often each step was passed. */
  visits: Record<string, number>;
  /** Every message step passed, oldest first. */
  passed: PassedMessage[];
  /** What it waits for, while it stands in a wait for an event. */
  waiting?: { event: string; until: string };
  /** The last event that ended a wait, so that the same one does not end the next. */
  consumed?: string;
}

/** A message step that the run went past. */
export interface PassedMessage {
  step: string;
  occurrence: number;
  reachedAt: string;
  /** No wait lies between this message and the one passed before it: `from: previous` counts from that one. */
  follows: boolean;
  /**
   * What came out when its moment was last computed (it is, anew from the facts, every time); null: not yet. A verdict
   * changes only when the moment does. `moment` is null while the anchor has no date.
   */
  settled:
    | { moment: string; plannedAt: string; verdict: PlannedMessage['verdict'] }
    | { moment: null }
    | null;
}

/** Why the run is looked at. */
export type Cause = { kind: 'start' } | { kind: 'wake' } | { kind: 'event'; event: SeenEvent };

/** A message that the plan of a run holds. */
export interface PlannedMessage {
  stepId: string;
  /** 1 for the first visit of the step. */
  occurrence: number;
  plannedAt: Date;
  /** `past`: its moment was over at planning and the step says skip. */
  verdict: 'send' | 'past';
  expiresAt: Date | null;
  timeZone: string;
}

/** What a step does besides messages; executed once, in the transaction that moves the run. */
export type Effect =
  | { kind: 'update_contact'; stepId: string; set: Record<string, unknown> }
  | { kind: 'start_flow'; stepId: string; flow: string }
  | { kind: 'stop_flow'; stepId: string; flow: string }
  | { kind: 'webhook'; stepId: string; event: string; data: Record<string, unknown> }
  | ({ kind: 'n8n_workflow' } & WorkflowEffect);

/** That a workflow is to be called. */
export interface WorkflowEffect {
  stepId: string;
  /** 1 for the first visit of the step; with run and step it tells calls apart. */
  occurrence: number;
  connection: string;
  path: string;
  data: Record<string, unknown>;
  /** Whether the run stands until the answer comes. */
  waits: boolean;
  /** Nobody waits for it, or tries to hand it over, any longer than that. */
  until: Date;
}

/** What a run decides by; core/explain has a sentence for each. */
export type RunRule = 'branch' | 'split' | 'wait' | 'wait_event' | 'workflow' | 'exit_step' | 'run_end';

/** Something decided on the way (branch taken, wait begun, exit met), for the record. */
export interface RunDecision {
  rule: RunRule;
  verdict: string;
  facts: Record<string, unknown>;
}

export interface Advanced {
  run: Run;
  effects: Effect[];
  /** Everything that is or was planned in this run as far as it is known; see plan.ts for what to do with it. */
  plan: PlannedMessage[];
  decisions: RunDecision[];
}

export interface AdvanceInput {
  definition: FlowDefinition;
  run: Run;
  facts: Facts;
  cause: Cause;
  now: Date;
}

/** A new run before its first step. It starts now: what was to be sent before that is past. Next: `advance` it. */
export function startRun(
  given: Pick<Run, 'id' | 'flowId' | 'versionId' | 'contactId' | 'subject' | 'triggerEventId'>,
  definition: FlowDefinition,
  now: Date,
): Run {
  return {
    ...given,
    status: 'active',
    endReason: null,
    position: {
      step: definition.steps[0]?.id ?? null,
      reachedAt: now.toISOString(),
      visits: {},
      passed: [],
    },
    startedAt: now,
    wakeAt: now,
    waitingFor: [],
  };
}
