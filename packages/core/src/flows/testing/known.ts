import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { Channel } from '@halyard/contracts/primitives';
import type { Known } from '../known.js';

/** An organization that has every channel, nothing else, and allows everything, but for what is given. */
export const knownFor = (more: Partial<Known> = {}): Known => ({
  templates: new Map(),
  flows: new Set(),
  self: 'mine',
  workflowConnections: new Set(),
  channels: new Set(Channel.options),
  policy: OrganizationPolicy.parse({}),
  timeZone: 'Europe/Berlin',
  ...more,
});
