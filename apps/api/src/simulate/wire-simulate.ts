import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import type { Surroundings } from '../threads/thread-task.js';
import { SimulateController } from './simulate.controller.js';
import { quarterOfMemoryMb, sharesOf } from './simulation-memory.js';
import { SimulationThreads } from './simulation-threads.js';

/** Flows tried against given or recorded events, in threads that run `thread`. */
export function wireSimulate(
  { settings }: Pick<Platform, 'settings'>,
  thread: URL,
  surroundings: Surroundings,
) {
  const shares = sharesOf(settings.HALYARD_SIMULATIONS_MB ?? quarterOfMemoryMb());
  return {
    controllers: [SimulateController],
    providers: [bind(new SimulationThreads(thread, surroundings, shares))],
  };
}
