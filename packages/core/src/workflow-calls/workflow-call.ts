import type { ContactId, FlowId, Id, OrgId, RunId } from '../ids.js';

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
