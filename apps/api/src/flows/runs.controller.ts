import { runRoutes } from '@halyard/contracts/flows/runs';
import type { InputOf } from '@halyard/contracts/route';
import { Runs } from '@halyard/core/flows/runs';
import type { ContactId, FlowId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class RunsController {
  constructor(@Inject(Runs) private readonly runs: Runs) {}

  @Handle(runRoutes.start)
  async start(@Input() { params, body }: InputOf<typeof runRoutes.start>, @Who() caller: Caller) {
    return { requested: await this.runs.start(caller.orgId, params.id as FlowId, body, caller.actor) };
  }

  @Handle(runRoutes.stop)
  async stop(@Input() { params, body }: InputOf<typeof runRoutes.stop>, @Who() caller: Caller) {
    return { requested: await this.runs.stop(caller.orgId, params.id as FlowId, body, caller.actor) };
  }

  @Handle(runRoutes.list)
  list(@Input() { params, query }: InputOf<typeof runRoutes.list>, @Who() caller: Caller) {
    return this.runs.list(caller.orgId, params.id as FlowId, query);
  }

  @Handle(runRoutes.standing)
  standing(@Input() { params }: InputOf<typeof runRoutes.standing>, @Who() caller: Caller) {
    return this.runs.standing(caller.orgId, params.id as FlowId);
  }

  @Handle(runRoutes.ofContact)
  ofContact(@Input() { params, query }: InputOf<typeof runRoutes.ofContact>, @Who() caller: Caller) {
    return this.runs.ofContact(caller.orgId, params.id as ContactId, query);
  }
}
