import type { FlowCounterexample, FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { conditionsOf } from '../conditions-of.js';
import type { Turn } from './choices.js';
import { choicesOf, entryRequirements, standingRequirements } from './choices.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { Explored } from './explore.js';
import { anyMoment, explore } from './explore.js';
import type { Requirement } from './requirement.js';
import { isImpossible } from './satisfy.js';
import { inBoth, tellCondition, tellWay } from './tell.js';

/**
 * Conditions that nothing can meet, and branches and steps that no run comes to because the conditions on the way there
 * contradict one another. An error says that this is proven; a warning, that it is so unless the flow is started by
 * other means than its trigger.
 */
export function checkReach(definition: FlowDefinition): FlowFinding[] {
  const never = neverHold(definition);
  const standing = standingRequirements(definition);
  if (isImpossible(standing, anyMoment)) return [...never, endsAtOnce(standing)];
  const byAnyMeans = explore(definition);
  const effort = enough();
  const errors = unreached(definition, byAnyMeans, 'error', effort);
  const entry = entryRequirements(definition);
  if (never.some(({ path }) => path.startsWith('trigger')) || !entry.length) return [...never, ...errors];
  const known = new Set(errors.map(({ path }) => path));
  const warnings = unreached(definition, explore(definition, entry), 'warning', effort);
  return [...never, ...errors, ...warnings.filter(({ path }) => !known.has(path))];
}

function neverHold(definition: FlowDefinition): FlowFinding[] {
  return conditionsOf(definition).flatMap(({ path, step, condition }): FlowFinding[] => {
    const required = [{ condition, holds: true, path }];
    // Branches that never hold are told as such.
    if (path.includes('.branches.') || !isImpossible(required, anyMoment)) return [];
    const where = step ? `of step "${step}"` : `at ${path}`;
    return [
      {
        severity: 'error',
        rule: 'never_holds',
        path,
        message: `The condition ${where} never holds, whatever the facts: mend it or take it out.`,
        counterexample: contradiction([], required),
      },
    ];
  });
}

const endsAtOnce = (standing: readonly Requirement[]): FlowFinding => {
  const core = coreOf(standing, enough());
  return {
    severity: 'error',
    rule: 'never_holds',
    path: core[0]?.path ?? 'exits',
    message:
      'Every run ends as soon as it begins, since its goal or an exit always holds: make the condition say when.',
    counterexample: contradiction([], core),
  };
};

function unreached(
  definition: FlowDefinition,
  explored: Explored,
  severity: FlowFinding['severity'],
  effort: Effort,
): FlowFinding[] {
  if (!explored.complete) return [];
  const found: FlowFinding[] = [];
  for (const [n, step] of definition.steps.entries()) {
    if (step.type !== 'branch' || !explored.arrivals.has(step.id)) continue;
    for (const { took, to } of choicesOf(step, definition)) {
      if (explored.taken.has(`${step.id} ${took}`)) continue;
      const refused = explored.refused.find((one) => one.arrival.step === step.id && one.took === took);
      // Conditions that leave nobody over are no mistake unless a step is for nobody else.
      const isForNobody = took === 'otherwise' ? to !== null && !explored.arrivals.has(to) : true;
      if (!refused || !isForNobody) continue;
      const what =
        took === 'otherwise'
          ? `Nobody gets from step "${step.id}" to "${to}", as one of its branches always holds`
          : `Branch ${Number(took?.split('.')[1]) + 1} of step "${step.id}" is never taken: the conditions on the way to it contradict one another`;
      const unless =
        severity === 'error' ? '' : ', unless the flow is started by other means than its trigger';
      found.push({
        severity,
        rule: 'reachable',
        path: took === 'otherwise' ? `steps.${n}.next` : `steps.${n}.${took}`,
        message: `${what}${unless}. Mend the condition, or take the branch out.`,
        counterexample: contradiction(
          [...refused.arrival.way, { step: step.id, took }],
          coreOf(refused.required, effort),
        ),
      });
    }
  }
  return found;
}

/** As few of the requirements as contradict one another, as far as the effort goes. */
function coreOf(required: readonly Requirement[], effort: Effort): Requirement[] {
  return required.reduce<Requirement[]>(
    (core, one) => {
      const without = core.filter((other) => other !== one);
      return isImpossible(without, anyMoment, effort) ? without : core;
    },
    [...required],
  );
}

function contradiction(way: readonly Turn[], core: readonly Requirement[]): FlowCounterexample {
  return {
    way: way.map((turn) => ({ ...turn, at: null })),
    facts: [],
    events: [],
    messages: [],
    variables: [],
    contradiction: core.map(({ path, condition, holds }) => ({
      path,
      condition: tellCondition(condition, 'en'),
      holds,
    })),
    sentences: inBoth('UTC', (language) => {
      const parts = core.map(({ path, condition, holds }) => {
        const told = `${tellCondition(condition, language)} (${path})`;
        if (language === 'en') return holds ? `${told} holds` : `${told} does not hold`;
        return holds ? `${told} gilt` : `${told} gilt nicht`;
      });
      const list = parts.join(language === 'en' ? ' and ' : ' und ');
      if (language === 'en')
        return `${way.length ? `${tellWay(way, language)} asks that` : 'It asks that'} ${list}, which cannot be.`;
      return `${way.length ? `${tellWay(way, language)} verlangt` : 'Es wird verlangt'}, dass ${list}, was nicht sein kann.`;
    }),
  };
}
