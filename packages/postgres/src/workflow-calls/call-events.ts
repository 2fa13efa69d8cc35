import type { NewEvent } from '@halyard/core/events/event';
import { callAnswered, callFailed } from '@halyard/core/flows/workflow-facts';
import type { ContactId, EventId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';

interface ToldCall {
  id: string;
  run_id: string;
  contact_id: string;
  step_id: string;
  occurrence: number;
}

/** What came of a call, as an event about its contact: the run is looked at when it is decided. */
export const callEvent = (
  { id, run_id, contact_id, step_id, occurrence }: ToldCall,
  came: { answer: Record<string, unknown> } | { error: string },
  { late, at }: { late: boolean; at: Date },
): NewEvent => ({
  id: randomIds<EventId>(),
  type: 'answer' in came ? callAnswered : callFailed,
  contactId: contact_id as ContactId,
  subject: { type: 'run', id: run_id },
  payload: { call_id: id, step_id, occurrence, late, ...came },
  occurredAt: at,
});
