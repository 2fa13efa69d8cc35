import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';

/** What the organization has and allows, as far as definitions are checked against it. */
export interface Known {
  /** The channels that each template key is written for. */
  templates: ReadonlyMap<string, ReadonlySet<Channel>>;
  /** Templates that are no approved ones on WhatsApp, as `key:channel`. */
  freeText: ReadonlySet<string>;
  /** Keys and ids of all flows. */
  flows: ReadonlySet<string>;
  /** Key of the flow being checked. */
  self: string;
  /** How many marketing messages one contact may get. */
  caps: OrganizationPolicy['caps'];
}
