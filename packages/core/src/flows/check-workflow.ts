import type { WorkflowStep } from '@halyard/contracts/flows/workflow-step';
import { signOf } from '../time/arithmetic.js';
import { faultIn } from '../workflow-calls/render-data.js';
import type { Finding } from './finding.js';
import type { Known } from './known.js';

/** Whether a step that calls a workflow can do so, and every way out of it can be taken. */
export function checkWorkflow(step: WorkflowStep, known: Known | null): Finding[] {
  const findings: Finding[] = [];
  if (signOf(step.timeout) <= 0)
    findings.push(['timeout', `Step "${step.id}" gives the workflow no time: give a timeout above zero.`]);
  for (const way of ['on_timeout', 'on_failure'] as const)
    if (!step.wait && step[way] !== undefined)
      findings.push([
        way,
        `Step "${step.id}" does not wait for its workflow, so nothing leads on by ${way}: set wait, or drop it.`,
      ]);
  if (known && !known.workflowConnections.has(step.connection))
    findings.push([
      'connection',
      `Step "${step.id}" names the connection "${step.connection}", which is none to n8n: connect n8n, or name a connection of it.`,
    ]);
  return [...findings, ...faultsIn(step.data ?? {}, 'data', step.id)];
}

/** Texts at any depth that are no Liquid. */
function faultsIn(value: unknown, path: string, step: string): Finding[] {
  if (typeof value === 'string') {
    const fault = faultIn(value);
    return fault
      ? [[path, `Step "${step}" has Liquid in ${path} that cannot be read (${fault}): mend it.`]]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => faultsIn(one, `${path}.${name}`, step));
}
