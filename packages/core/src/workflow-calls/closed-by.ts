import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { OrgRun } from '../decide/decide-store.js';
import { leavesPending } from '../flows/run-end.js';
import { callEvents } from '../flows/workflow-facts.js';
import type { CallsClosed } from './workflow-call.js';

/** The calls that a run leaves behind when it moves. An answer that was recorded before it moved is not touched. */
export function closedBy(before: OrgRun | null, run: OrgRun, { steps }: FlowDefinition): CallsClosed[] {
  if (!steps.some(({ type }) => type === 'n8n_workflow')) return [];
  const { orgId, id: runId } = run;
  const hasEnded = run.status !== 'active' && (before === null || before.status === 'active');
  if (hasEnded && !leavesPending(run)) return [{ orgId, runId, visit: null, status: 'cancelled' }];
  if (!before) return [];
  const { step, visits, waiting } = before.position;
  if (step === null || waiting?.event !== callEvents) return [];
  const occurrence = (visits[step] ?? 0) + 1;
  if ((run.position.visits[step] ?? 0) < occurrence) return [];
  return [{ orgId, runId, visit: { stepId: step, occurrence }, status: 'timed_out' }];
}
