import { publicUrlOf } from '../access/public-url.js';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { SimulateController } from './simulate.controller.js';
import { SimulationThreads } from './simulation-threads.js';

/** Flows tried against given or recorded events, in threads that run `thread`. */
export const wireSimulate = ({ settings }: Pick<Platform, 'settings'>, thread: URL) => ({
  controllers: [SimulateController],
  providers: [
    bind(
      new SimulationThreads(thread, {
        databaseUrl: settings.DATABASE_URL,
        secret: settings.HALYARD_SECRET,
        publicUrl: publicUrlOf(settings),
      }),
    ),
  ],
});
