import type { SenderDomain } from '@halyard/contracts/connections/routes';
import { DomainError, notFound } from '../domain-error.js';
import type { ConnectionId, OrgId } from '../ids.js';
import type { Dns } from './check-sender.js';
import { checkSender, senderOf } from './check-sender.js';
import type { ConnectionStore } from './connection-store.js';
import type { ConnectionOpener } from './open-connection.js';

/** Whether the domain that a connection sends from is set up so that mail arrives. */
export class SenderChecks {
  constructor(
    private readonly store: Pick<ConnectionStore, 'find'>,
    private readonly opener: ConnectionOpener,
    private readonly dns: Dns,
  ) {}

  async check(orgId: OrgId, id: ConnectionId): Promise<SenderDomain> {
    const stored = await this.store.find(orgId, id);
    if (!stored) throw notFound('connection');
    const opened = this.opener.open(stored);
    // Without its secrets the DKIM key cannot be compared; the records can still be judged.
    const connection = opened.kind === 'open' ? opened.connection : { ...stored, secrets: {} };
    const sender = senderOf(connection);
    if (!sender)
      throw new DomainError('invalid_state', 'This connection sends no mail from a domain of yours.');
    return checkSender(sender, this.dns);
  }
}
