import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import type { Surroundings } from '../tasks/task.js';
import { SimulateController } from './simulate.controller.js';
import { quarterOfMemoryMb, sharesOf } from './simulation-memory.js';
import { SimulationProcesses } from './simulation-processes.js';

/** Flows tried against given or recorded events, in processes that run `task`. */
export function wireSimulate(
  { settings, log }: Pick<Platform, 'settings' | 'log'>,
  task: URL,
  surroundings: Surroundings,
) {
  const shares = sharesOf(settings.HALYARD_SIMULATIONS_MB ?? quarterOfMemoryMb());
  return {
    controllers: [SimulateController],
    providers: [bind(new SimulationProcesses(task, surroundings, shares, log))],
  };
}
