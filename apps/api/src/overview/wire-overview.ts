import { Overviews } from '@halyard/core/overview/overviews';
import { PgFigureCounter } from '@halyard/postgres/overview/count-figures';
import { PgOverviewStore } from '@halyard/postgres/overview/overview-store';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { FiguresService } from './figures-service.js';
import { OverviewController } from './overview.controller.js';

/** What became of messages, and who counts it. */
export function wireOverview({ app, worker, clock, log }: Platform) {
  return {
    controllers: [OverviewController],
    providers: [bind(new Overviews(new PgOverviewStore(app), clock))],
    services: worker ? [new FiguresService(new PgFigureCounter(worker), log)] : [],
  };
}
