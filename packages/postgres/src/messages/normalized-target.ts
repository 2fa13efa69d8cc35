import type { Channel } from '@halyard/contracts/primitives';
import { normalizeAddress } from '@halyard/core/contacts/address';
import type { Issue } from '@halyard/core/domain-error';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Target } from '@halyard/core/messages/message';
import { organizationCountry } from '../contact-writer.js';
import type { Tx } from '../database.js';

/**
 * The addresses given with a message, in the form in which suppressions know them. Throws `invalid_request` when one is
 * none, or when there is none for any of the channels. `path`: where the addresses stand in the request.
 */
export async function normalizedTarget(
  tx: Tx,
  orgId: OrgId,
  given: Target,
  channels: readonly Channel[],
  path: string,
): Promise<Target> {
  const country = await organizationCountry(tx, orgId);
  const target: Target = given.name ? { name: given.name } : {};
  const issues: Issue[] = [];
  for (const channel of channels) {
    const address = given[channel];
    if (address === undefined) continue;
    const normalized = normalizeAddress(channel, address, country);
    if (normalized.ok) target[channel] = normalized.address;
    else issues.push({ path: `${path}.${channel}`, message: normalized.reason });
  }
  if (issues.length === 0 && !channels.some((channel) => target[channel]))
    issues.push({ path, message: `Give an address for ${channels.join(' or ')}.` });
  const [first] = issues;
  if (first) throw new DomainError('invalid_request', first.message, issues);
  return target;
}
