import type { Renderer } from '@halyard/core/delivery/renderer';
import { Simulations } from '@halyard/core/simulate/simulations';
import { PgSimulationStore } from '@halyard/postgres/simulate/simulation-store';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { SimulateController } from './simulate.controller.js';

/** Flows tried against given or recorded events. */
export const wireSimulate = ({ app }: Pick<Platform, 'app'>, renderer: Renderer) => ({
  controllers: [SimulateController],
  providers: [bind(new Simulations(new PgSimulationStore(app), renderer))],
});
