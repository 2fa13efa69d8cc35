import type { InputOf } from '@halyard/contracts/route';
import { simulateRoutes } from '@halyard/contracts/simulate/routes';
import { Simulations } from '@halyard/core/simulate/simulations';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { breathe, streamed } from './progress-stream.js';

@Controller()
export class SimulateController {
  constructor(@Inject(Simulations) private readonly simulations: Simulations) {}

  @Handle(simulateRoutes.simulate)
  simulate(@Input() { body }: InputOf<typeof simulateRoutes.simulate>, @Who() caller: Caller) {
    return this.simulations.run(caller.orgId, body, breathe);
  }

  @Handle(simulateRoutes.stream)
  async stream(@Input() { body }: InputOf<typeof simulateRoutes.stream>, @Who() caller: Caller) {
    return new StreamableFile(await streamed((report) => this.simulations.run(caller.orgId, body, report)));
  }
}
