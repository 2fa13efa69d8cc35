import { FlowChecks } from '@halyard/core/flows/flow-checks';
import { Flows } from '@halyard/core/flows/flows';
import { Publishing } from '@halyard/core/flows/publishing';
import { Runs } from '@halyard/core/flows/runs';
import { randomIds } from '@halyard/core/ids';
import { PgRunStore } from '@halyard/postgres/flow-runs';
import { PgPublishingStore } from '@halyard/postgres/flow-versions';
import { PgFlowStore } from '@halyard/postgres/flows';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { CheckProcesses } from './check-processes.js';
import { FlowsController } from './flows.controller.js';
import { PublishingController } from './publishing.controller.js';
import { RunsController } from './runs.controller.js';

/** Flows: drafts, checked in processes that run `task`, what is published of them, and their runs. */
export function wireFlows({ app, clock, wakeups, log }: Platform, task: URL) {
  const store = new PgFlowStore(app);
  const processes = new CheckProcesses(task, log);
  const checks = new FlowChecks(store, processes);
  const flows = new Flows(store, checks, randomIds);
  const publishing = new Publishing(new PgPublishingStore(app), checks, randomIds, clock);
  const runs = new Runs(new PgRunStore(app, randomIds, clock), wakeups);
  return {
    controllers: [FlowsController, PublishingController, RunsController],
    providers: [bind(flows), bind(publishing), bind(runs), bind(processes)],
    flows,
    publishing,
  };
}
