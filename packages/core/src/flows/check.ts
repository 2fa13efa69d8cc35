import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Issue } from '../domain-error.js';
import { checkPaths } from './check-paths.js';
import { checkFacts, checkSteps } from './check-steps.js';
import { checkCaps } from './checks/check-caps.js';
import { checkConnections } from './checks/check-connections.js';
import { checkReach } from './checks/check-reach.js';
import { checkVariables } from './checks/check-variables.js';
import { checkWindows } from './checks/check-windows.js';
import type { Known } from './known.js';

/**
 * Everything that is wrong with a definition; empty when it is fit. `path` leads to the place, as in
 * `steps.2.timing.offset`; the sentence names the step and says what to do. Errors keep it from being published, warnings
 * do not. What depends on the organization is only checked when that is known.
 */
export function checkDefinition(definition: FlowDefinition, known: Known | null = null): FlowFinding[] {
  const paths = checkPaths(definition);
  const steps = [...checkFacts(definition), ...checkSteps(definition, known)].map(asError);
  const found = [...paths, ...steps];
  // Ways can only be followed when they hang together, and timed when every step makes sense.
  const reach = paths.length ? [] : checkReach(definition);
  const timed = known && found.length === 0 ? followWays(definition, known) : [];
  const unconnected = known ? checkConnections(definition, known) : [];
  return [...found, ...reach, ...timed, ...unconnected].sort(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning') || byPlace(a, b),
  );
}

/** The findings that keep a definition from being published. */
export const errorsAmong = (findings: readonly FlowFinding[]): FlowFinding[] =>
  findings.filter(({ severity }) => severity === 'error');

const followWays = (definition: FlowDefinition, known: Known): FlowFinding[] => [
  ...checkCaps(definition, known),
  ...checkWindows(definition, known),
  ...checkVariables(definition, known),
];

const byPlace = (a: FlowFinding, b: FlowFinding): number =>
  a.path.localeCompare(b.path, 'en', { numeric: true });

const asError = ({ path, message }: Issue): FlowFinding => ({
  severity: 'error',
  rule: 'steps',
  path,
  message,
  counterexample: null,
});
