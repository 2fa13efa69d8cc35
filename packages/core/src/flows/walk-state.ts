import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Cause, Effect, Facts, PassedMessage, Run, RunDecision } from './run.js';

/** A way through a definition as it is walked. `moment` is the run's own time, which waits move forward. */
export interface Walk {
  step: string | null;
  moment: Date;
  visits: Record<string, number>;
  passed: PassedMessage[];
  /** A message was passed since the last wait. */
  follows: boolean;
  facts: Facts;
  effects: Effect[];
  decisions: RunDecision[];
  waiting: { event: string; until: string } | null;
  consumed: string | null;
}

export interface WalkContext {
  definition: FlowDefinition;
  run: Run;
  cause: Cause;
  now: Date;
  /**
   * Executing stops where the run's moment would pass now; foreseeing has no effects and goes as far as nothing needs to
   * be decided.
   */
  mode: 'execute' | 'foresee';
}

/**
 * Why a walk stands still. `held`: by a wait, until then (null: until an event comes). `decision`: what comes next depends
 * on facts of a later time. `tired`: too many steps in one go. `loop`: too many at one moment. `end`: no step is left.
 */
export type Halt =
  | { kind: 'held'; until: Date | null }
  | { kind: 'exit'; reason: string }
  | { kind: 'decision' | 'tired' | 'loop' | 'end' };

/** What taking a step leads to. `at`: the moment to which a wait moved the run. */
export type Taken = { kind: 'on'; next: string | null; at?: Date } | Halt;
