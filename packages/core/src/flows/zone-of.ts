import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { factAt } from '../conditions/facts.js';
import { isZone } from '../time/zone.js';
import type { Facts } from './run.js';

type ZoneOf = FlowDefinition['zone'];

/** Where each kind of zone is looked for among the facts, in this order; the last resort is UTC. */
const sources = {
  contact: ['contact.time_zone', 'subject.time_zone', 'product.time_zone', 'organization.time_zone'],
  subject: ['subject.time_zone', 'product.time_zone', 'organization.time_zone'],
  organization: ['organization.time_zone'],
} as const;

/** The time zone in which a step's local times count. */
export function resolveZone(zone: ZoneOf, facts: Facts): string {
  if (typeof zone === 'object') return zone.zone;
  for (const path of sources[zone]) {
    const found = factAt(facts, path);
    if (isZone(found)) return found;
  }
  return 'UTC';
}
