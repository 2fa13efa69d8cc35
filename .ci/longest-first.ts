import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Minutes, tens of seconds, then whatever fills the gaps: so the workers end at about the same time. */
const longest = ['/e2e/'];

/** Without the durations of a run before, Vitest begins with the largest files; ours that take longest are small. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.sort((a, b) => rank(a) - rank(b)); // stable: within a rank it stays by size
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((part) => moduleId.includes(part));
  return found === -1 ? longest.length : found;
}
