import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Known } from '../known.js';

/** An organization that has nothing and allows everything, but for what is given. */
export const knownFor = (more: Partial<Known> = {}): Known => ({
  templates: new Map(),
  flows: new Set(),
  self: 'mine',
  policy: OrganizationPolicy.parse({}),
  timeZone: 'Europe/Berlin',
  ...more,
});
