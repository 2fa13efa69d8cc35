import type { ProviderReport } from '../delivery/provider.js';
import type { ConnectionId, OrgId } from '../ids.js';

/** Whoever acts on what providers report: delivery/apply-reports. A report that came before has no second effect. */
export interface ReportSink {
  apply(orgId: OrgId, connectionId: ConnectionId, reports: readonly ProviderReport[]): Promise<unknown>;
}
