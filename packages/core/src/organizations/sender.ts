import type { OrganizationLook } from '@halyard/contracts/organizations/look';

/** In whose name a page for recipients speaks. */
export interface Sender {
  name: string;
  locale: string;
  look: OrganizationLook;
}
