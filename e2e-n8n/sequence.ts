import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** The test that asks what ran comes after all others. */
export class LastAsksWhatRan extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLast = ({ moduleId }: TestSpecification) => moduleId.endsWith('/every-workflow.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => !isLast(file)), ...sorted.filter(isLast)];
  }
}
