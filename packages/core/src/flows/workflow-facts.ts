import { factAt } from '../conditions/facts.js';
import type { Facts } from './run.js';

/** Events about what came of a call, to whose run they belong. */
export const callEvents = 'workflow.*';
export const callAnswered = 'workflow.answered';
export const callFailed = 'workflow.failed';

/** What came of a call, as it stands among the facts at `steps.<step id>`. */
export interface CallOutcome {
  outcome: 'answered' | 'failed' | 'timed_out';
  answer?: Record<string, unknown> | null;
  error?: string | null;
}

/** What came of this call; null while nothing did. An earlier visit's is not looked at. */
export function outcomeOf(facts: Facts, stepId: string, occurrence: number): CallOutcome | null {
  const found = factAt(facts, `steps.${stepId}`) as (CallOutcome & { occurrence?: unknown }) | undefined;
  if (found?.occurrence !== occurrence) return null;
  const { outcome, answer, error } = found;
  return { outcome, ...(answer && { answer }), ...(error && { error }) };
}

/** The facts with what came of a call, for the steps that come after it at the same moment. */
export function withOutcome(
  facts: Facts,
  stepId: string,
  { outcome, answer, error, occurrence }: CallOutcome & { occurrence: number },
): Facts {
  const steps = (facts.steps ?? {}) as Record<string, unknown>;
  const call = { outcome, answer: answer ?? null, error: error ?? null, occurrence };
  return { ...facts, steps: { ...steps, [stepId]: call } };
}
