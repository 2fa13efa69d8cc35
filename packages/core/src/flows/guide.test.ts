import { readFileSync } from 'node:fs';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import { checkDefinition } from './check.js';

test('the flow in the guide is one that can be published', () => {
  const guide = readFileSync(new URL('../../../../docs/flows.md', import.meta.url), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  expect(checkDefinition(FlowDefinition.parse(JSON.parse(example)))).toEqual([]);
});
