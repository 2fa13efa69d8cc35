import { setImmediate as otherEvents } from 'node:timers/promises';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { Progress } from '@halyard/core/simulate/simulations';
import { Simulations } from '@halyard/core/simulate/simulations';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { Database } from '@halyard/postgres/database';
import { PgSimulationStore } from '@halyard/postgres/simulate/simulation-store';
import type { Tasks } from '../tasks/task.js';

const pauseMs = 250;

/** One simulation: reads on a connection of its own, computes, and tells from time to time how far it is. */
export async function simulateTask(
  { surroundings: { databaseUrl, secret, publicUrl }, orgId, input }: Tasks['simulate']['given'],
  tell: (progress: Progress) => void,
): Promise<SimulationResult> {
  let told = Number.NEGATIVE_INFINITY;
  const report = async (progress: Progress): Promise<void> => {
    const now = performance.now();
    if (now - told < pauseMs) return;
    told = now;
    tell(progress);
    await otherEvents(); // that the server is gone is only heard here
  };
  const database = await Database.open(databaseUrl, 'halyard_app', 1);
  const renderer = new TemplateRenderer(new LinkTokens(secret, publicUrl));
  const simulations = new Simulations(new PgSimulationStore(database), renderer);
  return simulations.run(orgId, input, report).finally(() => database.close());
}
