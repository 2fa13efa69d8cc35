import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outgoing } from './outgoing.js';
import { standings } from './standing.js';
import type { N8nNode, N8nWorkflow, WorkflowBody, WorkflowFile } from './workflow.js';

const word = fc.string({ minLength: 1, maxLength: 12 });
const value = fc.jsonValue({ maxDepth: 2 });
const node: fc.Arbitrary<N8nNode> = fc.record(
  {
    name: word,
    type: fc.constantFrom('n8n-nodes-base.webhook', 'n8n-nodes-base.set', 'n8n-nodes-halyard.halyard'),
    typeVersion: fc.constantFrom(1, 2.1, 3.4),
    position: fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 })),
    parameters: fc.dictionary(word, value),
    disabled: fc.boolean(),
    credentials: fc.constant({ halyardApi: { name: 'Halyard' } }),
  },
  { requiredKeys: ['name', 'type', 'typeVersion', 'position', 'parameters'] },
);
const file: fc.Arbitrary<WorkflowFile> = fc
  .uniqueArray(node, { selector: ({ name }) => name, minLength: 1, maxLength: 5 })
  .chain((nodes) =>
    fc.record({
      key: fc.constantFrom('outreach/receive', 'ops/health'),
      name: word,
      active: fc.boolean(),
      nodes: fc.constant(nodes),
      connections: fc.dictionary(
        fc.constantFrom(...nodes.map(({ name }) => name)),
        fc.constant({ main: [[{ node: nodes[0]?.name, type: 'main', index: 0 }]] }),
      ),
      settings: fc.record(
        { executionOrder: fc.constant('v1'), timezone: fc.constantFrom('UTC', 'DEFAULT') },
        { requiredKeys: [] },
      ),
    }),
  );

/** What n8n makes of what it is sent: ids, a hook's id, settings of its own, another order. */
const kept = (body: WorkflowBody): N8nWorkflow => ({
  ...body,
  id: 'w1',
  active: true,
  versionId: 'v1',
  createdAt: '2026-01-01T00:00:00Z',
  nodes: body.nodes.map((each, n) => ({ ...each, id: `n${n}`, webhookId: `h${n}` })).reverse(),
  settings: { ...body.settings, callerPolicy: 'workflowsFromSameOwner', binaryMode: 'separate' },
});
const pushed = (one: WorkflowFile, credentials = [{ id: 'c', name: 'Halyard', type: 'halyardApi' }]) =>
  kept(outgoing(one, null, credentials, () => undefined).body);
const stateOf = (one: WorkflowFile, there: N8nWorkflow) => standings([one], [there]).standings[0]?.state;

test('Feature: n8n workflows, Property 1: what was pushed is the same, whatever n8n adds and whatever it lacked', () => {
  fc.assert(
    fc.property(file, fc.boolean(), (one, hasCredential) => {
      expect(stateOf(one, pushed(one, hasCredential ? undefined : []))).toBe('same');
    }),
    { numRuns: 200 },
  );
});

test('Feature: n8n workflows, Property 2: a change on one side is told as a change of that side', () => {
  fc.assert(
    fc.property(file, file, (before, other) => {
      const after = { ...other, key: before.key };
      const changed = stateOf(before, pushed(after)) !== 'same';
      expect(stateOf(after, pushed(before))).toBe(changed ? 'changed here' : 'same');
      const { nodes, ...edited } = pushed(after);
      const mark = pushed(before).nodes[0] as N8nNode;
      const there = { ...edited, nodes: [mark, ...nodes.slice(1)] };
      expect(stateOf(before, there)).toBe(changed ? 'edited in n8n' : 'same');
    }),
    { numRuns: 200 },
  );
});
