import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition, MessageStep } from '@halyard/contracts/flows/definition';
import { factAt } from '../../conditions/facts.js';
import type { Known } from '../known.js';
import { roomyCalendar, startsOf } from './calendar.js';
import { keyOf } from './check-windows.js';
import { entryRequirements } from './choices.js';
import { shown } from './counterexample.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { Arrival } from './explore.js';
import { explore } from './explore.js';
import { factsBehind, filled } from './known-variables.js';
import type { SubjectAtEntry } from './subject-at-entry.js';
import { subjectAtEntry } from './subject-at-entry.js';
import type { Witness } from './witness.js';
import { witness } from './witness.js';

/**
 * Whether every variable that a template prints as it is, without a default and without asking for it, is filled on every
 * way to its step. What nothing fills is an error; what somebody may lack, a warning.
 */
export function checkVariables(definition: FlowDefinition, known: Known): FlowFinding[] {
  const { arrivals } = explore(definition, entryRequirements(definition));
  const effort = enough();
  const entry = subjectAtEntry(definition);
  return definition.steps.flatMap((step, n) =>
    step.type === 'message'
      ? ofStep(step, n, arrivals.get(step.id) ?? [], { definition, known, effort, entry })
      : [],
  );
}

interface Looking {
  definition: FlowDefinition;
  known: Known;
  effort: Effort;
  entry: SubjectAtEntry;
}

function ofStep(step: MessageStep, n: number, arrivals: readonly Arrival[], looking: Looking): FlowFinding[] {
  const { definition, known, entry } = looking;
  const found = new Map<string, FlowFinding>();
  for (const channel of step.channels) {
    const template = keyOf(step, channel);
    const prints = known.templates.get(template)?.get(channel)?.prints ?? [];
    for (const severity of ['error', 'warning'] as const) {
      const wanted = severity === 'error' ? 'never' : 'for_some';
      const lacking = (arrival: Arrival) =>
        prints.filter(
          (name) => filled(name, { definition, step, channel, given: arrival.given, entry }) === wanted,
        );
      const arrival = arrivals.find((one) => lacking(one).length > 0);
      const seen = arrival && goThere(step, arrival, looking);
      const missing = arrival && seen ? lacking(arrival).filter((name) => isMissing(name, step, seen)) : [];
      if (!seen || !missing.length || found.has(severity)) continue;
      found.set(severity, findingOf(step, n, { severity, template, channel, missing }, seen, known));
    }
  }
  return [...found.values()];
}

/** A run that comes to the step on this way. */
function goThere(
  step: MessageStep,
  { way }: Arrival,
  { definition, known, effort }: Looking,
): Witness | null {
  const [start] = startsOf(definition, known.timeZone);
  const there = [...way, { step: step.id, took: null }];
  return start ? witness(definition, there, roomyCalendar(definition, known.timeZone, start), effort) : null;
}

const isMissing = (variable: string, step: MessageStep, { world }: Witness): boolean =>
  !Object.hasOwn(step.variables ?? {}, variable.split('.')[0] ?? '') &&
  factsBehind(variable).every((fact) => factAt(world, fact) === null);

function findingOf(
  step: MessageStep,
  n: number,
  {
    severity,
    template,
    channel,
    missing,
  }: { severity: FlowFinding['severity']; template: string; channel: string; missing: string[] },
  seen: Witness,
  known: Known,
): FlowFinding {
  const list = missing.map((name) => `{{${name}}}`).join(', ');
  const what = severity === 'error' ? 'nothing on the way fills' : 'somebody may lack';
  return {
    severity,
    rule: 'variables',
    path: `steps.${n}.template`,
    message: `Step "${step.id}" sends the template "${template}" (${channel}), which prints ${list}: ${what} it. Write a default, {{ ${missing[0]} | default: "…" }}, or set it in the step's variables.`,
    counterexample: shown(
      { ...seen, messages: seen.messages.filter((message) => message.step === step.id) },
      known.timeZone,
      (language) =>
        language === 'en'
          ? `${step.id} is sent without ${list}.`
          : `${step.id} wird ohne ${list} verschickt.`,
      { variables: missing },
    ),
  };
}
