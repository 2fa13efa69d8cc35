import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Known } from '@halyard/core/flows/known';

/** A definition of which one thing is wrong: there is no such template. */
export const definition = FlowDefinition.parse({
  name: 'Any',
  trigger: { type: 'api' },
  steps: [{ id: 'hello', type: 'message', template: 'nowhere', channels: ['email'] }],
});

export const known: Known = {
  templates: new Map(),
  flows: new Set(['any']),
  self: 'any',
  policy: OrganizationPolicy.parse({}),
  timeZone: 'UTC',
  channels: new Set(['email'] as const),
  workflowConnections: new Set(),
};

export const findings = [{ path: 'steps.0.template' }];
