import type { OrgRun } from '../decide/decide-store.js';
import type { Facts, WorkflowEffect } from '../flows/run.js';
import type { Ids } from '../ids.js';
import type { NewCall, WorkflowCallId } from './workflow-call.js';

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
