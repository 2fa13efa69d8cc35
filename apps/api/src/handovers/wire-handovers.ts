import type { ConnectionOpener } from '@halyard/core/connections/open-connection';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import type { FindProvider } from '@halyard/core/delivery/provider';
import type { Renderer } from '@halyard/core/delivery/renderer';
import { Claims } from '@halyard/core/handovers/claims';
import { Permits } from '@halyard/core/handovers/permits';
import { ReportOutcome } from '@halyard/core/handovers/report-outcome';
import { randomIds } from '@halyard/core/ids';
import type { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { PgReportStore } from '@halyard/postgres/delivery/report-store';
import { PgHandoverStore } from '@halyard/postgres/handovers/handover-store';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { HandoversController } from './handovers.controller.js';

/** Messages that somebody else sends: claimed, permitted, and what became of them. */
export function wireHandovers(
  platform: Platform,
  parts: { renderer: Renderer; findProvider: FindProvider; opener: ConnectionOpener; tokens: LinkTokens },
) {
  const { app, clock, wakeups } = platform;
  const { renderer, findProvider, opener, tokens } = parts;
  const store = new PgHandoverStore(app);
  const sink = new ApplyReports(new PgReportStore(app), wakeups, platform);
  const handing = {
    renderer,
    findProvider,
    open: opener.open.bind(opener),
    clock,
    newId: randomIds,
    tokens,
    wakeups,
    watch: platform,
  };
  return {
    controllers: [HandoversController],
    providers: [
      bind(new Claims(store, handing)),
      bind(new Permits(store, handing)),
      bind(new ReportOutcome(store, { clock, wakeups, sink, watch: platform, tokens })),
    ],
  };
}
