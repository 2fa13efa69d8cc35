import { flowRoutes } from '@halyard/contracts/flows/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Publishing } from '@halyard/core/flows/publishing';
import type { FlowId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class PublishingController {
  constructor(@Inject(Publishing) private readonly publishing: Publishing) {}

  @Handle(flowRoutes.publish)
  publish(@Input() { params, body }: InputOf<typeof flowRoutes.publish>, @Who() caller: Caller) {
    return this.publishing.publish(caller.orgId, params.id as FlowId, body.weight, caller.actor);
  }

  @Handle(flowRoutes.versions)
  async versions(@Input() { params }: InputOf<typeof flowRoutes.versions>, @Who() caller: Caller) {
    return { items: await this.publishing.versions(caller.orgId, params.id as FlowId) };
  }

  @Handle(flowRoutes.version)
  version(@Input() { params }: InputOf<typeof flowRoutes.version>, @Who() caller: Caller) {
    return this.publishing.version(caller.orgId, params.id as FlowId, params.number);
  }

  @Handle(flowRoutes.diff)
  async diff(@Input() { params, query }: InputOf<typeof flowRoutes.diff>, @Who() caller: Caller) {
    const { from, to } = query;
    return { changes: await this.publishing.diff(caller.orgId, params.id as FlowId, from, to) };
  }

  @Handle(flowRoutes.weigh)
  weigh(@Input() { params, body }: InputOf<typeof flowRoutes.weigh>, @Who() caller: Caller) {
    return this.publishing.weigh(caller.orgId, params.id as FlowId, body, caller.actor);
  }

  @Handle(flowRoutes.rollback)
  rollBack(@Input() { params, body }: InputOf<typeof flowRoutes.rollback>, @Who() caller: Caller) {
    return this.publishing.rollBack(caller.orgId, params.id as FlowId, body.version, caller.actor);
  }

  @Handle(flowRoutes.pause)
  pause(@Input() { params }: InputOf<typeof flowRoutes.pause>, @Who() caller: Caller) {
    return this.publishing.turn(caller.orgId, params.id as FlowId, 'paused', caller.actor);
  }

  @Handle(flowRoutes.resume)
  resume(@Input() { params }: InputOf<typeof flowRoutes.resume>, @Who() caller: Caller) {
    return this.publishing.turn(caller.orgId, params.id as FlowId, 'live', caller.actor);
  }

  @Handle(flowRoutes.archive)
  archive(@Input() { params }: InputOf<typeof flowRoutes.archive>, @Who() caller: Caller) {
    return this.publishing.turn(caller.orgId, params.id as FlowId, 'archived', caller.actor);
  }
}
