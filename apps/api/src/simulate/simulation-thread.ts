import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '@halyard/core/domain-error';
import type { Progress } from '@halyard/core/simulate/simulations';
import { Simulations } from '@halyard/core/simulate/simulations';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { Database } from '@halyard/postgres/database';
import { PgSimulationStore } from '@halyard/postgres/simulate/simulation-store';
import { databaseProblem } from '../http/database-problem.js';
import type { FromThread, ThreadTask } from './thread-task.js';

/** The thread of one simulation: reads on a connection of its own, computes, tells, and ends. */
const { databaseUrl, secret, publicUrl, orgId, input } = workerData as ThreadTask;
const tell = (message: FromThread) => parentPort?.postMessage(message);

const pauseMs = 250;
let told = Number.NEGATIVE_INFINITY;

try {
  const database = await Database.open(databaseUrl, 'halyard_app', 1);
  const renderer = new TemplateRenderer(new LinkTokens(secret, publicUrl));
  const simulations = new Simulations(new PgSimulationStore(database), renderer);
  const result = await simulations.run(orgId, input, report).finally(() => database.close());
  tell({ kind: 'result', result });
} catch (error) {
  const problem =
    error instanceof DomainError
      ? { code: error.code, detail: error.message, issues: error.issues }
      : databaseProblem(error);
  if (!problem) throw error;
  tell({ kind: 'problem', problem });
}

async function report(progress: Progress): Promise<void> {
  const now = performance.now();
  if (now - told < pauseMs) return;
  told = now;
  tell({ kind: 'progress', progress });
}
