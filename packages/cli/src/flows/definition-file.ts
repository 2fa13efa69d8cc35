import type { FlowFinding } from '@halyard/contracts/flows/check';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { CommandFailure } from '../failure.js';

/** A definition as a file has it, or what keeps it from being one. */
export type Read = { definition: FlowDefinition } | { findings: FlowFinding[] };

/** Reads a definition, with what a person left out filled in. */
export function readDefinition(content: unknown): Read {
  const parsed = FlowDefinition.safeParse(content);
  if (parsed.success) return { definition: parsed.data };
  return {
    findings: parsed.error.issues.map(({ path, message }) => ({
      severity: 'error',
      rule: 'steps',
      path: path.join('.'),
      message,
      counterexample: null,
    })),
  };
}

/** The definition in a file; fails with everything that keeps it from being one. */
export function definitionIn(name: string, content: unknown): FlowDefinition {
  const read = readDefinition(content);
  if ('definition' in read) return read.definition;
  const places = read.findings.map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  throw new CommandFailure(`${name} is no flow:${places}`);
}
