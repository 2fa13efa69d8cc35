import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Issue } from '../domain-error.js';
import { checkPaths } from './check-paths.js';
import type { KnownNames } from './check-steps.js';
import { checkFacts, checkSteps } from './check-steps.js';

/**
 * Everything that keeps a definition from being published; empty when it is fit. `path` leads to the place, as in
 * `steps.2.timing.offset`; the sentence names the step and says what to do.
 */
export function checkDefinition(definition: FlowDefinition, known: KnownNames | null = null): Issue[] {
  return [...checkPaths(definition), ...checkFacts(definition), ...checkSteps(definition, known)].sort(
    (a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }),
  );
}
