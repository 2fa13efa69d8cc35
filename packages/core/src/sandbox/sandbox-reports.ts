import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ReportSink } from '../connections/report-sink.js';
import type { ProviderReport } from '../delivery/provider.js';
import type { ConnectionId, OrgId } from '../ids.js';

export interface QueuedReport {
  orgId: OrgId;
  connectionId: ConnectionId;
  report: ProviderReport;
}

/** What the sandbox has yet to report, over all organizations. */
export interface SandboxReportQueue {
  /**
   * Claims due reports of messages whose attempt is not under way, hands them to `apply` and removes them; when it throws
   * they stay. Safe to run in several processes.
   */
  take(now: Date, limit: number, apply: (reports: QueuedReport[]) => Promise<void>): Promise<number>;
}

/** Plays the webhooks of the sandbox: the work of a claim loop. Applying is idempotent by the report's key. */
export class SandboxReports {
  constructor(
    private readonly queue: SandboxReportQueue,
    private readonly sink: ReportSink,
    private readonly clock: Clock,
  ) {}

  async work(limit: number): Promise<Round> {
    const claimed = await this.queue.take(this.clock.now(), limit, async (queued) => {
      const byConnection = Map.groupBy(queued, ({ orgId, connectionId }) => `${orgId}/${connectionId}`);
      for (const reports of byConnection.values()) {
        const [first] = reports;
        if (!first) continue;
        await this.sink.apply(
          first.orgId,
          first.connectionId,
          reports.map(({ report }) => report),
        );
        crashPoint('sandbox-report-applied');
      }
    });
    return { claimed, nextDueAt: null };
  }
}
