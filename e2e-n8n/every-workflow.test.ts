import { expect, test } from 'vitest';
import type { Execution } from './stage.ts';
import { n8n, n8nCall, ownWorkflows } from './stage.ts';

/** The last file asks n8n what ran before. Alone it fails, because nothing did. */

/** Ways out when a vendor or Halyard refuses: the tests do not go each of them in every workflow. */
const waysOut = [
  'What is known of it?',
  'Report: not sent',
  'Report: too fast',
  'Report: refused',
  'Left unknown',
  'Discord refused',
  'Say why not',
  'Say that it failed',
];

async function runsOf(workflowId: string | undefined): Promise<Execution[]> {
  if (!workflowId) return [];
  const query = `workflowId=${workflowId}&includeData=true&limit=250`;
  return (await n8nCall('GET', `/executions?${query}`)).body.data;
}

test('every workflow of the repository was run by some test, each of its steps', async () => {
  const known = await n8n.workflows();
  const notRun: string[] = [];
  for (const { key, name, nodes } of await ownWorkflows()) {
    const runs = await runsOf(known.find((each) => each.name === name)?.id);
    if (!runs.some(({ status }) => status === 'success')) notRun.push(key);
    const reached = new Set(runs.flatMap(({ data }) => Object.keys(data.resultData.runData)));
    for (const { name: step, type } of nodes)
      if (type !== 'n8n-nodes-base.stickyNote' && !reached.has(step) && !waysOut.includes(step))
        notRun.push(`${key}: ${step}`);
  }
  expect(notRun).toEqual([]);
}, 60_000);
