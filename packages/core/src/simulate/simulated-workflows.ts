import type { AssumedWorkflow } from '@halyard/contracts/simulate/routes';
import type { SeenEvent } from '../flows/run.js';
import type { CallOutcome } from '../flows/workflow-facts.js';
import { callAnswered, callFailed } from '../flows/workflow-facts.js';
import type { EventId, Ids, RunId } from '../ids.js';
import { addDuration } from '../time/arithmetic.js';
import type { CallsClosed, NewCall } from '../workflow-calls/workflow-call.js';
import { Moments } from './moments.js';

interface SimulatedCall {
  call: NewCall;
  /** Null while it is open. */
  came: CallOutcome | null;
  cancelled: boolean;
}

/** Calls of workflows in a simulation: nothing is called, and what they answer is given by whoever simulates. */
export class SimulatedWorkflows {
  readonly ahead = new Moments<{ made: SimulatedCall; said: AssumedWorkflow }>();
  readonly #ofRun = new Map<RunId, SimulatedCall[]>();

  constructor(private readonly assumed: readonly AssumedWorkflow[]) {}

  call(call: NewCall): void {
    const made = { call, came: null, cancelled: false };
    this.#ofRun.set(call.runId, [...(this.#ofRun.get(call.runId) ?? []), made]);
    const said = this.assumed.find(({ step }) => step === call.stepId);
    if (said) this.ahead.add(addDuration(call.createdAt, said.after, 'UTC'), { made, said });
  }

  close({ runId, visit, status }: CallsClosed): void {
    for (const made of this.#ofRun.get(runId) ?? []) {
      const { stepId, occurrence } = made.call;
      if (made.came || (visit && (visit.stepId !== stepId || visit.occurrence !== occurrence))) continue;
      if (status === 'timed_out') made.came = { outcome: 'timed_out' };
      else made.cancelled = true;
    }
  }

  /** Lets answers come whose moment it is, and gives the events of those that anybody can still take. */
  round(now: Date, newId: Ids): SeenEvent[] {
    return this.ahead.due(now).flatMap(({ made, said }): SeenEvent[] => {
      const { call, came, cancelled } = made;
      if (came || cancelled || now > call.until) return [];
      const { answer, error } = said;
      made.came =
        error === undefined ? { outcome: 'answered', answer: answer ?? {} } : { outcome: 'failed', error };
      const payload = { call_id: call.id, step_id: call.stepId, occurrence: call.occurrence, late: false };
      return [
        {
          id: newId<EventId>(),
          type: error === undefined ? callAnswered : callFailed,
          contactId: call.contactId,
          subject: { type: 'run', id: call.runId },
          payload: { ...payload, ...(error === undefined ? { answer } : { error }) },
          occurredAt: now,
        },
      ];
    });
  }

  /** What became of the calls of a run, by step: of its last visit that came to something. */
  factsOf(runId: RunId): Record<string, unknown> {
    const ended = (this.#ofRun.get(runId) ?? []).filter(({ came }) => came !== null);
    return Object.fromEntries(
      ended.map(({ call, came }) => [
        call.stepId,
        {
          outcome: came?.outcome,
          answer: came?.answer ?? null,
          error: came?.error ?? null,
          occurrence: call.occurrence,
        },
      ]),
    );
  }
}
