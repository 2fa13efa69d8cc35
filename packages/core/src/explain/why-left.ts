import type { Condition } from '@halyard/contracts/conditions';
import type { FlowReason } from '@halyard/contracts/explain/flow';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Facts } from '../conditions/evaluate.js';
import { evaluate } from '../conditions/evaluate.js';
import type { Cause, Run } from '../flows/run.js';
import { endOf } from '../flows/run-end.js';
import { nextOf } from '../flows/take-step.js';
import { withEvent } from '../flows/triggers.js';
import type { DecisionRecord, EventRecord, RunRecord } from './explain-store.js';
import type { Place, Question } from './place.js';
import { decidedAt, eventIn, place } from './place.js';
import { smallestChange } from './smallest-change.js';
import { tellCondition, tellFlip } from './tell.js';

/** Why a run is over: by which rule or step, on which facts, and what would have kept it. */
export async function whyLeft(
  question: Question,
  record: RunRecord,
  decisions: readonly DecisionRecord[],
): Promise<Place> {
  const { run, endedAt } = record;
  const { reason, name } = endingOf(record);
  const at = endedAt ?? question.now;
  const base = place({ verdict: 'left', reason, name, at, run: record, step: run.position.step });
  const definition = question.flow.versions.find(({ id }) => id === run.versionId)?.definition;
  if (!definition) return base;
  if (reason === 'exit_step') return { ...base, ...(await lastTurn(question, run, definition, decisions)) };
  const ended = decisions.findLast(({ rule }) => rule === 'run_end');
  return ended ? { ...base, ...(await endingRule(question, run, definition, ended)) } : base;
}

function endingOf({ run, lastError }: RunRecord): { reason: FlowReason; name: string | null } {
  const { status, endReason } = run;
  const [kind = '', ...rest] = (endReason ?? '').split(': ');
  const name = rest.join(': ') || endReason;
  switch (status) {
    case 'completed':
      return endReason === null ? { reason: 'finished', name: null } : { reason: 'goal', name };
    case 'exited':
      return { reason: kind === 'exit' ? 'exit_rule' : 'exit_step', name };
    case 'cancelled':
      return endReason === 'subject_cancelled'
        ? { reason: 'subject_cancelled', name: null }
        : { reason: 'stopped', name: endReason };
    default:
      return { reason: 'run_failed', name: lastError ?? endReason };
  }
}

/** The rule that ended it, judged anew by the function that ends runs. */
async function endingRule(
  { contactId, reader, teller }: Question,
  run: Run,
  definition: FlowDefinition,
  ended: DecisionRecord,
): Promise<Partial<Place>> {
  const event = ended.eventId ? await reader.event(ended.eventId) : null;
  const at = decidedAt(ended.at, event);
  const rule = ruleOf(run, definition);
  if (!rule?.condition) return { at, event };
  const then = await reader.factsAt(
    { contactId, subject: run.subject, event: run.triggerEventId, runId: run.id },
    at,
  );
  const facts = rule.event !== undefined && event ? withEvent(then.facts, event.event) : then.facts;
  const active: Run = { ...run, status: 'active', endReason: null };
  const stays = (changed: Facts): boolean =>
    endOf({ definition, run: active, facts: changed, cause: causeIn(changed, event, rule), now: at }) ===
    null;
  const found = stays(facts) ? null : smallestChange([rule.condition], facts, at, stays);
  return {
    at,
    event,
    condition: tellCondition(rule.path, rule.condition, { ...then, facts }, teller),
    flip: tellFlip(found, 'stays', teller, then),
  };
}

interface Ending {
  path: string;
  event?: string | undefined;
  condition?: Condition | undefined;
}

const cancelled: Condition = { field: 'subject.status', op: 'eq', value: 'cancelled' };

function ruleOf({ endReason }: Run, { goal, exits }: FlowDefinition): Ending | null {
  if (endReason === 'subject_cancelled') return { path: 'cancel_with_subject', condition: cancelled };
  if (goal && endReason === `goal: ${goal.name}`) return { ...goal, path: 'goal.condition' };
  const n = exits.findIndex(({ name }) => endReason === `exit: ${name}`);
  const exit = exits[n];
  return exit ? { ...exit, path: `exits.${n}.condition` } : null;
}

function causeIn(facts: Facts, event: EventRecord | null, rule: Ending): Cause {
  if (!event) return { kind: 'wake' };
  return { kind: 'event', event: rule.event === undefined ? event.event : eventIn(facts, event.event) };
}

/** The last branch before an exit step: with other facts the run would have gone another way. */
async function lastTurn(
  { contactId, reader, teller }: Question,
  run: Run,
  definition: FlowDefinition,
  decisions: readonly DecisionRecord[],
): Promise<Partial<Place>> {
  const turn = decisions.findLast(({ rule }) => rule === 'branch');
  const n = definition.steps.findIndex(({ id }) => id === turn?.facts.step);
  const step = definition.steps[n];
  if (!turn || step?.type !== 'branch') return {};
  const event = turn.eventId ? await reader.event(turn.eventId) : null;
  const at = decidedAt(turn.at, event);
  const then = await reader.factsAt(
    { contactId, subject: run.subject, event: run.triggerEventId, runId: run.id },
    at,
  );
  const way = (facts: Facts): string | null => {
    const taken = step.branches.find(({ when }) => evaluate(when, facts, at));
    return taken ? taken.next : nextOf(step, definition);
  };
  const went = way(then.facts);
  const conditions = step.branches.map(({ when }) => when);
  const decisive = step.branches.findIndex(({ when }) => evaluate(when, then.facts, at));
  const index = decisive < 0 ? conditions.length - 1 : decisive;
  const condition = conditions[index];
  const found = smallestChange(conditions, then.facts, at, (changed) => way(changed) !== went);
  return {
    at,
    event,
    condition: condition ? tellCondition(`steps.${n}.branches.${index}.when`, condition, then, teller) : null,
    flip: tellFlip(found, 'other_way', teller, then),
  };
}
