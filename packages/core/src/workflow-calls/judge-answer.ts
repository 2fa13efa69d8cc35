import type { WorkflowAnswer, WorkflowCallStatus } from '@halyard/contracts/flows/workflow-calls';

/** A call as it stands when an answer comes. */
export interface CallState {
  status: WorkflowCallStatus;
  waits: boolean;
  until: Date;
  /** When it was answered before. */
  answeredAt: Date | null;
  /** Whether the run stands at this very visit of the step. */
  runStands: boolean;
}

/** `repeated`: it was answered before. `late`: for the record only. */
export type JudgedAnswer =
  | { kind: 'repeated' }
  | { kind: 'late' }
  | { kind: 'taken'; status: 'answered' | 'failed' };

/** What an answer changes: the first that comes while there is time decides, and no other. */
export function judgeAnswer(call: CallState, said: WorkflowAnswer, now: Date): JudgedAnswer {
  if (call.answeredAt) return { kind: 'repeated' };
  const open = call.status === 'pending' || call.status === 'handed_over';
  const inTime = open && now <= call.until && (call.runStands || !call.waits);
  if (!inTime) return { kind: 'late' };
  return { kind: 'taken', status: said.error === undefined ? 'answered' : 'failed' };
}
