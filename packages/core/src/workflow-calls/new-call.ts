import type { OrgRun } from '../decide/decide-store.js';
import type { Facts, WorkflowEffect } from '../flows/run.js';
import type { ContactId, FlowId, Id, Ids, OrgId, RunId } from '../ids.js';

export type WorkflowCallId = Id<'workflow_call'>;

/** What a workflow is told of the run that calls it; `data` with its Liquid as it was written. */
export interface CallContent {
  flow: { id: FlowId; key: string };
  run: { id: RunId; step: string; occurrence: number };
  contact: unknown;
  subject: unknown;
  product: unknown;
  event: unknown;
  steps: unknown;
  organization: unknown;
  data: Record<string, unknown>;
}

/** A call to be made: written in the transaction that moves the run, before anything leaves. */
export interface NewCall {
  orgId: OrgId;
  id: WorkflowCallId;
  flowId: FlowId;
  runId: RunId;
  contactId: ContactId;
  stepId: string;
  occurrence: number;
  connection: string;
  path: string;
  waits: boolean;
  until: Date;
  content: CallContent;
  createdAt: Date;
  trace: string | null;
}

/** Calls that nobody waits for any more: that of one visit of a step, or all of a run. Those that ended stay as they are. */
export interface CallsClosed {
  orgId: OrgId;
  runId: RunId;
  /** Null: all of the run. */
  visit: { stepId: string; occurrence: number } | null;
  status: 'timed_out' | 'cancelled';
}

/** The call that a step asks for, with the facts of this moment: every try tells the same. */
export function newCall(effect: WorkflowEffect, run: OrgRun, facts: Facts, newId: Ids, now: Date): NewCall {
  const { stepId, occurrence, connection, path, waits, until, data } = effect;
  const { contact, subject, product, event, steps, organization } = facts;
  const { orgId, id: runId, flowId, flowKey, contactId, trace } = run;
  return {
    orgId,
    id: newId<WorkflowCallId>(),
    flowId,
    runId,
    contactId,
    stepId,
    occurrence,
    connection,
    path,
    waits,
    until,
    content: {
      flow: { id: flowId, key: flowKey },
      run: { id: runId, step: stepId, occurrence },
      contact: contact ?? null,
      subject: subject ?? null,
      product: product ?? null,
      event: event ?? null,
      steps: steps ?? {},
      organization: organization ?? null,
      data,
    },
    createdAt: now,
    trace: trace ?? null,
  };
}
