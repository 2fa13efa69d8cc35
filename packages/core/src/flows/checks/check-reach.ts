import type { FlowCounterexample, FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { conditionsOf } from '../conditions-of.js';
import type { Choice, Turn } from './choices.js';
import { choicesOf, entryRequirements, standingRequirements } from './choices.js';
import { inBoth, tellCondition, tellWay } from './counterexample.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { Explored, Refused } from './explore.js';
import { anyMoment, explore } from './explore.js';
import type { Requirement } from './requirement.js';
import { isImpossible } from './satisfy.js';

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

/** Ways out of branches that nobody takes, of those that were looked at completely. */
function unreached(
  definition: FlowDefinition,
  explored: Explored,
  severity: FlowFinding['severity'],
  effort: Effort,
): FlowFinding[] {
  if (!explored.complete) return [];
  return definition.steps.flatMap((step, n) =>
    step.type === 'branch' && explored.arrivals.has(step.id)
      ? choicesOf(step, definition).flatMap((choice) => {
          const refused = neverTaken(step, choice, explored);
          return refused ? neverTakenFinding(`steps.${n}`, choice, refused, severity, effort) : [];
        })
      : [],
  );
}

/** How it was refused, when nobody takes this way out. */
function neverTaken({ id }: Step, { took, to }: Choice, explored: Explored): Refused | null {
  if (explored.taken.has(`${id} ${took}`)) return null;
  // Conditions that leave nobody over are no mistake unless a step is for nobody else.
  if (took === 'otherwise' && (to === null || explored.arrivals.has(to))) return null;
  return explored.refused.find((one) => one.arrival.step === id && one.took === took) ?? null;
}

function neverTakenFinding(
  place: string,
  { took, to }: Choice,
  { arrival, required }: Refused,
  severity: FlowFinding['severity'],
  effort: Effort,
): FlowFinding {
  const what =
    took === 'otherwise'
      ? `Nobody gets from step "${arrival.step}" to "${to}", as one of its branches always holds`
      : `Branch ${Number(took?.split('.')[1]) + 1} of step "${arrival.step}" is never taken: the conditions on the way to it contradict one another`;
  const unless = severity === 'error' ? '' : ', unless the flow is started by other means than its trigger';
  return {
    severity,
    rule: 'reachable',
    path: `${place}.${took === 'otherwise' ? 'next' : took}`,
    message: `${what}${unless}. Mend the condition, or take the branch out.`,
    counterexample: contradiction([...arrival.way, { step: arrival.step, took }], coreOf(required, effort)),
  };
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
