import type { Suppression, SuppressionInput, SuppressionQuery } from '@halyard/contracts/contacts/consents';
import type { Channel } from '@halyard/contracts/primitives';
import type { Actor } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { Page } from '../page.js';
import { normalizeAddress } from './address.js';
import type { NewSuppression } from './suppression.js';

/** What suppressions need of the database. Each call is one tenant transaction with its audit. */
export interface SuppressionStore {
  list(orgId: OrgId, query: SuppressionQuery): Promise<Page<Suppression>>;
  /** In which country the organization's national phone numbers are read. */
  country(orgId: OrgId): Promise<string | null>;
  add(orgId: OrgId, entry: NewSuppression, actor: Actor): Promise<Suppression>;
  remove(orgId: OrgId, what: { channel: Channel; address: string }, actor: Actor): Promise<boolean>;
}

/** Addresses that must not be written to. */
export class Suppressions {
  constructor(private readonly store: SuppressionStore) {}

  async list(orgId: OrgId, query: SuppressionQuery): Promise<Page<Suppression>> {
    const { channel, address } = query;
    if (address === undefined) return this.store.list(orgId, query);
    if (!channel)
      throw new DomainError('invalid_request', 'Say on which channel: give channel beside address.');
    return this.store.list(orgId, { ...query, address: await this.#normalized(orgId, channel, address) });
  }

  async add(orgId: OrgId, input: SuppressionInput, actor: Actor): Promise<Suppression> {
    const { channel, reason } = input;
    const address = await this.#normalized(orgId, channel, input.address);
    return this.store.add(orgId, { channel, address, reason, source: 'api' }, actor);
  }

  async remove(
    orgId: OrgId,
    { channel, address }: { channel: Channel; address: string },
    actor: Actor,
  ): Promise<void> {
    const normalized = await this.#normalized(orgId, channel, address);
    if (!(await this.store.remove(orgId, { channel, address: normalized }, actor)))
      throw notFound('suppression');
  }

  async #normalized(orgId: OrgId, channel: Channel, given: string): Promise<string> {
    const normalized = normalizeAddress(channel, given, await this.store.country(orgId));
    if (normalized.ok) return normalized.address;
    throw new DomainError('invalid_request', normalized.reason, [
      { path: 'address', message: normalized.reason },
    ]);
  }
}
