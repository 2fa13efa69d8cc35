import type { InputOf } from '@halyard/contracts/route';
import { simulateRoutes } from '@halyard/contracts/simulate/routes';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { HungUp } from '../http/hung-up.js';
import { streamed } from './progress-stream.js';
import { SimulationProcesses } from './simulation-processes.js';

@Controller()
export class SimulateController {
  constructor(@Inject(SimulationProcesses) private readonly simulations: SimulationProcesses) {}

  @Handle(simulateRoutes.simulate)
  simulate(
    @Input() { body }: InputOf<typeof simulateRoutes.simulate>,
    @Who() caller: Caller,
    @HungUp() signal: AbortSignal,
  ) {
    return this.simulations.run(caller.orgId, body, { signal });
  }

  @Handle(simulateRoutes.stream)
  async stream(
    @Input() { body }: InputOf<typeof simulateRoutes.stream>,
    @Who() caller: Caller,
    @HungUp() signal: AbortSignal,
  ) {
    return new StreamableFile(
      await streamed((progress) => this.simulations.run(caller.orgId, body, { signal, progress })),
    );
  }
}
