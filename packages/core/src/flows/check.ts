import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Issue } from '../domain-error.js';
import { checkLimits } from './check-limits.js';
import { checkPaths } from './check-paths.js';
import { checkFacts, checkSteps } from './check-steps.js';
import type { Known } from './known.js';

/**
 * Everything that keeps a definition from being published; empty when it is fit. `path` leads to the place, as in
 * `steps.2.timing.offset`; the sentence names the step and says what to do. What depends on the organization is only
 * checked when that is known.
 */
export function checkDefinition(definition: FlowDefinition, known: Known | null = null): Issue[] {
  const paths = checkPaths(definition);
  // Paths can only be followed when they hang together.
  const limits = known && paths.length === 0 ? checkLimits(definition, known) : [];
  const issues = [...paths, ...checkFacts(definition), ...checkSteps(definition, known), ...limits];
  return issues.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}
