import type { Clock } from '../clock.js';
import type { FindProvider, InboundRequest } from '../delivery/provider.js';
import { DomainError } from '../domain-error.js';
import type { ConnectionStore } from './connection-store.js';
import type { ConnectionOpener } from './open-connection.js';
import type { ReportSink } from './report-sink.js';

const notSigned = 'The signature does not match. Set the secret of this webhook in the connection.';

/** What providers report by webhook: found by its token, verified by the vendor's scheme, handed on. */
export class ReceiveReports {
  constructor(
    private readonly store: Pick<ConnectionStore, 'findByWebhookToken'>,
    private readonly opener: ConnectionOpener,
    private readonly findProvider: FindProvider,
    private readonly sink: ReportSink,
    private readonly clock: Clock,
  ) {}

  /** @returns how many reports the request held. */
  async receive(token: string, request: Omit<InboundRequest, 'now'>): Promise<number> {
    const stored = await this.store.findByWebhookToken(token);
    const provider = stored && this.findProvider(stored.provider);
    if (!stored || !provider?.receive)
      throw new DomainError('not_found', 'There is nothing at this address.');
    const opened = this.opener.open(stored);
    // A 5xx, so that the provider tries again once the key is back.
    if (opened.kind === 'unusable') throw new DomainError('unavailable', opened.reason);
    const reports = await provider.receive(opened.connection, { ...request, now: this.clock.now() });
    if (!reports) throw new DomainError('invalid_signature', notSigned);
    if (reports.length > 0) await this.sink.apply(stored.orgId, stored.id, reports);
    return reports.length;
  }
}
