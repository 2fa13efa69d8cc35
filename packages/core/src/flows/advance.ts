import { settlePassed, toPlan, upTo } from './planned.js';
import type { Advanced, AdvanceInput, PassedMessage, Run, RunDecision } from './run.js';
import type { RunEnd } from './run-end.js';
import { endOf } from './run-end.js';
import { walkOn } from './walk.js';
import type { Halt, Walk } from './walk-state.js';

/**
 * Moves a run as far as it can go now, and says what it plans.
 *
 *     active ──► completed  past the last step and every message's moment is over, or the goal is reached
 *        │ ────► exited     an exit step or rule        ├──► cancelled  with its subject, or stopped from outside
 *        └─────► failed     it goes round without ever waiting
 *
 * The run walks with a moment of its own. Up to now it executes: effects, branches, waits that are over. From there it
 * only looks ahead, through waits of known length and without effects, until a branch or the wait for an event makes the
 * rest unknown. Messages never hold it up: those passed and those foreseen are the plan, their moments computed from the
 * facts as they are now, so that a plan follows its anchors.
 *
 * Deterministic, and done twice at the same moment it changes nothing the second time. A run that has ended is given
 * back as it is, but for one that merely came to its end: it becomes active again when its subject moves and puts one of
 * its moments back into the future, and is cancelled with its subject.
 */
export function advance(input: AdvanceInput): Advanced {
  const { run, definition, now } = input;
  if (run.status !== 'active' && !isThrough(run)) return unmoved(run, input, []);
  const end = endOf(input);
  if (end) return endedByRule(run, end);

  const walk = walkFrom(input);
  const halt = walkOn(walk, { ...input, mode: 'execute' });
  if (halt.kind === 'loop')
    return unmoved(ended(run, { status: 'failed', reason: 'loop' }), input, walk.decisions);
  if (halt.kind === 'exit') return endedByStep(walk, halt.reason, input);

  const ahead = foresee(walk, halt, input);
  const settled = settlePassed([...walk.passed, ...ahead.passed], definition, walk.facts, run.startedAt, now);
  const passed = recent(settled.slice(0, walk.passed.length));
  const staying = ahead.exitAt ? upTo(settled, ahead.exitAt) : settled;
  return {
    run: rest(run, { ...walk, passed }, halt, now),
    effects: walk.effects,
    plan: toPlan(staying, definition, walk.facts),
    decisions: walk.decisions.filter((decision) => !isStanding(decision, walk, input)),
  };
}

function walkFrom({ run, facts }: AdvanceInput): Walk {
  const { step, reachedAt, visits, passed, waiting, consumed } = run.position;
  return {
    step,
    moment: new Date(reachedAt),
    visits: { ...visits },
    passed: [...passed],
    follows: false,
    facts,
    effects: [],
    decisions: [],
    waiting: waiting ?? null,
    consumed: consumed ?? null,
  };
}

/** No definition has more steps: only a loop passes more messages, and its oldest are history. */
const remembered = 300;

/** Forgets the oldest messages beyond that, but never one that a later one counts from. */
function recent(passed: PassedMessage[]): PassedMessage[] {
  let from = Math.max(0, passed.length - remembered);
  while (from > 0 && passed[from]?.follows) from--;
  return passed.slice(from);
}

/** What lies beyond now, as far as it is certain. `exitAt`: where the run will leave, taking later messages with it. */
function foresee(
  walk: Walk,
  halt: Halt,
  input: AdvanceInput,
): { passed: PassedMessage[]; exitAt: Date | null } {
  if (halt.kind !== 'held') return { passed: [], exitAt: null };
  const ahead: Walk = { ...walk, visits: { ...walk.visits }, passed: [], effects: [], decisions: [] };
  const end = walkOn(ahead, { ...input, mode: 'foresee' });
  return { passed: ahead.passed, exitAt: end.kind === 'exit' ? ahead.moment : null };
}

/** Whether it completed because nothing was left to do, and not by its goal. */
const isThrough = (run: Run): boolean => run.status === 'completed' && run.endReason === null;

/** The run where the walk left it: still active unless nothing is to come. */
function rest(run: Run, walk: Walk, halt: Halt, now: Date): Run {
  const position = positionOf(walk);
  if (halt.kind === 'end') {
    const last = lastMoment(walk.passed);
    if (!last || last <= now) return { ...ended(run, { status: 'completed', reason: null }), position };
    return { ...run, status: 'active', position, wakeAt: last, waitingFor: [] };
  }
  return {
    ...run,
    position,
    wakeAt: halt.kind === 'held' ? halt.until : now,
    waitingFor: walk.waiting ? [walk.waiting.event] : [],
  };
}

const positionOf = (walk: Walk): Run['position'] => ({
  step: walk.step,
  reachedAt: walk.moment.toISOString(),
  visits: walk.visits,
  passed: walk.passed,
  ...(walk.waiting && { waiting: walk.waiting }),
  ...(walk.consumed && { consumed: walk.consumed }),
});

function lastMoment(passed: readonly PassedMessage[]): Date | null {
  const moments = passed.flatMap(({ settled }) =>
    settled?.moment && settled.verdict === 'send' ? Date.parse(settled.plannedAt) : [],
  );
  return moments.length ? new Date(Math.max(...moments)) : null;
}

/** An exit step: what was meant for before it still goes out, what was meant for later does not. */
function endedByStep(walk: Walk, reason: string, { run, definition, now }: AdvanceInput): Advanced {
  const settled = settlePassed(walk.passed, definition, walk.facts, run.startedAt, now);
  const passed = upTo(settled, walk.moment);
  return {
    run: {
      ...ended(run, { status: 'exited', reason: `step: ${reason}` }),
      position: { ...positionOf(walk), passed },
    },
    effects: walk.effects,
    plan: toPlan(passed, definition, walk.facts),
    decisions: walk.decisions,
  };
}

/** A rule of the flow: nothing that is still pending goes out. */
const endedByRule = (run: Run, end: RunEnd): Advanced => ({
  run: { ...ended(run, end), position: { ...run.position, passed: [] } },
  effects: [],
  plan: [],
  decisions: [{ rule: 'run_end', verdict: end.status, facts: { reason: end.reason } }],
});

const unmoved = (run: Run, { definition, facts }: AdvanceInput, decisions: RunDecision[]): Advanced => ({
  run,
  effects: [],
  plan: toPlan(run.position.passed, definition, facts),
  decisions,
});

const ended = (run: Run, { status, reason }: { status: Run['status']; reason: string | null }): Run => ({
  ...run,
  status,
  endReason: reason,
  wakeAt: null,
  waitingFor: [],
});

/** That it waits where it waited before is no news. */
const isStanding = ({ rule }: RunDecision, walk: Walk, { run, cause }: AdvanceInput): boolean =>
  rule === 'wait' &&
  cause.kind !== 'start' &&
  walk.step === run.position.step &&
  walk.moment.toISOString() === run.position.reachedAt;
