import { flowRoutes } from '@halyard/contracts/flows/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Flows } from '@halyard/core/flows/flows';
import type { FlowId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class FlowsController {
  constructor(@Inject(Flows) private readonly flows: Flows) {}

  @Handle(flowRoutes.list)
  list(@Input() { query }: InputOf<typeof flowRoutes.list>, @Who() caller: Caller) {
    return this.flows.list(caller.orgId, query);
  }

  @Handle(flowRoutes.create)
  create(@Input() { body }: InputOf<typeof flowRoutes.create>, @Who() caller: Caller) {
    return this.flows.create(caller.orgId, body, caller.actor);
  }

  @Handle(flowRoutes.read)
  read(@Input() { params }: InputOf<typeof flowRoutes.read>, @Who() caller: Caller) {
    return this.flows.read(caller.orgId, params.id as FlowId);
  }

  @Handle(flowRoutes.update)
  update(@Input() { params, body }: InputOf<typeof flowRoutes.update>, @Who() caller: Caller) {
    return this.flows.update(caller.orgId, params.id as FlowId, body, caller.actor);
  }

  @Handle(flowRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof flowRoutes.remove>, @Who() caller: Caller) {
    await this.flows.remove(caller.orgId, params.id as FlowId, caller.actor);
    return undefined;
  }

  @Handle(flowRoutes.check)
  async check(@Input() { params }: InputOf<typeof flowRoutes.check>, @Who() caller: Caller) {
    return { issues: await this.flows.check(caller.orgId, params.id as FlowId) };
  }

  @Handle(flowRoutes.checkDefinition)
  async checkDefinition(
    @Input() { body }: InputOf<typeof flowRoutes.checkDefinition>,
    @Who() caller: Caller,
  ) {
    return { issues: await this.flows.checkDefinition(caller.orgId, body) };
  }
}
