import type { SourceSettings } from '@halyard/contracts/outreach/source';
import type { SecretBox } from '../connections/secret-box.js';
import { aadOf, SecretBoxError } from '../connections/secret-box.js';
import type { OrgId } from '../ids.js';
import type { OpenSource } from './other-table.js';
import { SourceFailed } from './other-table.js';
import type { StoredSource } from './source-store.js';

/** Opens sources: their connection string, and whose rows are the organization's. */
export class SourceOpener {
  constructor(
    private readonly box: SecretBox,
    /** Tenants of other services that are this organization, beside its own id. */
    private readonly tenantsOf: (orgId: OrgId) => Promise<string[]>,
  ) {}

  /** Throws SourceFailed when the key of the connection string is not there. */
  async open({ orgId, id, settings, sealed }: StoredSource): Promise<OpenSource> {
    try {
      return this.with(orgId, settings, this.box.open(sealed.box, sealed.keyId, aadOf(orgId, id)));
    } catch (error) {
      if (error instanceof SecretBoxError) throw new SourceFailed(error.message);
      throw error;
    }
  }

  async with(orgId: OrgId, settings: SourceSettings, url: string): Promise<OpenSource> {
    return { settings, url, tenants: [orgId, ...(await this.tenantsOf(orgId))] };
  }
}
