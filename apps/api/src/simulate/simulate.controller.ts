import type { InputOf } from '@halyard/contracts/route';
import { simulateRoutes } from '@halyard/contracts/simulate/routes';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { HungUp } from '../http/hung-up.js';
import { streamed } from './progress-stream.js';
import { SimulationThreads } from './simulation-threads.js';

@Controller()
export class SimulateController {
  constructor(@Inject(SimulationThreads) private readonly threads: SimulationThreads) {}

  @Handle(simulateRoutes.simulate)
  simulate(
    @Input() { body }: InputOf<typeof simulateRoutes.simulate>,
    @Who() caller: Caller,
    @HungUp() signal: AbortSignal,
  ) {
    return this.threads.run(caller.orgId, body, { signal });
  }

  @Handle(simulateRoutes.stream)
  async stream(
    @Input() { body }: InputOf<typeof simulateRoutes.stream>,
    @Who() caller: Caller,
    @HungUp() signal: AbortSignal,
  ) {
    return new StreamableFile(
      await streamed((progress) => this.threads.run(caller.orgId, body, { signal, progress })),
    );
  }
}
