import type { FlowFinding } from '../data/flows';

/** Findings where they belong: with a step by its place, or with the flow as a whole. */
export interface PlacedFindings {
  steps: ReadonlyMap<number, readonly FlowFinding[]>;
  whole: readonly FlowFinding[];
  errors: number;
}

/** `path` of a finding begins with `steps.<place>` where it is about a step. */
export function placed(findings: readonly FlowFinding[]): PlacedFindings {
  const steps = new Map<number, FlowFinding[]>();
  const whole: FlowFinding[] = [];
  for (const finding of findings) {
    const at = /^steps\.(\d+)(\.|$)/.exec(finding.path)?.[1];
    if (at === undefined) whole.push(finding);
    else steps.set(Number(at), [...(steps.get(Number(at)) ?? []), finding]);
  }
  return { steps, whole, errors: findings.filter(({ severity }) => severity === 'error').length };
}
