import type { AttemptId, ConnectionId, MessageId } from '../ids.js';
import type { Span, Tracing } from '../trace.js';
import { atSpanOf, currentTrace } from '../trace.js';
import type { ProviderReport } from './provider.js';

/** The message that a report is about. */
export interface Reported {
  messageId: MessageId;
  /** The last call that was made for it: the report follows from it. */
  attemptId: AttemptId | null;
  trace: string | null;
}

/** The spans of reports: each follows from the call that it is about, and is linked to the request that brought it. */
export class ReportSpans {
  readonly #spans: Span[] = [];

  constructor(
    private readonly tracing: Tracing | null,
    private readonly connectionId: ConnectionId,
  ) {}

  /** @returns what follows from the report, as a traceparent. */
  begin({ type, channel }: ProviderReport, { messageId, attemptId, trace }: Reported): string | null {
    const parent = attemptId ? atSpanOf(trace, attemptId) : trace;
    if (!this.tracing) return parent;
    const span = this.tracing.start({
      name: `report ${type}`,
      kind: 'consumer',
      parent,
      links: [currentTrace()],
      attributes: {
        'messaging.system': 'halyard',
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'report',
        'messaging.destination.name': channel,
        'messaging.message.id': messageId,
        'halyard.connection.id': this.connectionId,
        'halyard.report.type': type,
      },
    });
    this.#spans.push(span);
    return span.traceparent;
  }

  end(): void {
    for (const span of this.#spans) span.end();
  }
}
