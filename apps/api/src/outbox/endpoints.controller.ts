import { deliveryRoutes, endpointRoutes } from '@halyard/contracts/outbox/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { DeliveryId, EndpointId } from '@halyard/core/ids';
import { Deliveries } from '@halyard/core/outbox/deliveries';
import { Endpoints } from '@halyard/core/outbox/endpoints';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { describeWebhookEvents } from './webhook-events.js';

@Controller()
export class EndpointsController {
  constructor(
    @Inject(Endpoints) private readonly endpoints: Endpoints,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  @Handle(endpointRoutes.list)
  list(@Input() { query }: InputOf<typeof endpointRoutes.list>, @Who() caller: Caller) {
    return this.endpoints.list(caller.orgId, query);
  }

  @Handle(endpointRoutes.create)
  create(@Input() { body }: InputOf<typeof endpointRoutes.create>, @Who() caller: Caller) {
    return this.endpoints.create(caller.orgId, body, caller.actor);
  }

  @Handle(endpointRoutes.read)
  read(@Input() { params }: InputOf<typeof endpointRoutes.read>, @Who() caller: Caller) {
    return this.endpoints.read(caller.orgId, params.id as EndpointId);
  }

  @Handle(endpointRoutes.update)
  update(@Input() { params, body }: InputOf<typeof endpointRoutes.update>, @Who() caller: Caller) {
    return this.endpoints.update(caller.orgId, params.id as EndpointId, body, caller.actor);
  }

  @Handle(endpointRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof endpointRoutes.remove>, @Who() caller: Caller) {
    await this.endpoints.remove(caller.orgId, params.id as EndpointId, caller.actor);
    return undefined;
  }

  @Handle(endpointRoutes.rotate)
  rotate(@Input() { params }: InputOf<typeof endpointRoutes.rotate>, @Who() caller: Caller) {
    return this.endpoints.rotate(caller.orgId, params.id as EndpointId, caller.actor);
  }

  @Handle(endpointRoutes.enable)
  enable(@Input() { params }: InputOf<typeof endpointRoutes.enable>, @Who() caller: Caller) {
    return this.endpoints.enable(caller.orgId, params.id as EndpointId, caller.actor);
  }

  @Handle(endpointRoutes.disable)
  disable(@Input() { params }: InputOf<typeof endpointRoutes.disable>, @Who() caller: Caller) {
    return this.endpoints.disable(caller.orgId, params.id as EndpointId, caller.actor);
  }

  @Handle(endpointRoutes.test)
  test(@Input() { params }: InputOf<typeof endpointRoutes.test>, @Who() caller: Caller) {
    return this.endpoints.test(caller.orgId, params.id as EndpointId);
  }

  @Handle(deliveryRoutes.list)
  listDeliveries(@Input() { params, query }: InputOf<typeof deliveryRoutes.list>, @Who() caller: Caller) {
    return this.deliveries.list(caller.orgId, params.id as EndpointId, query);
  }

  @Handle(deliveryRoutes.read)
  readDelivery(@Input() { params }: InputOf<typeof deliveryRoutes.read>, @Who() caller: Caller) {
    return this.deliveries.read(caller.orgId, params.id as DeliveryId);
  }

  @Handle(deliveryRoutes.replay)
  replay(@Input() { params }: InputOf<typeof deliveryRoutes.replay>, @Who() caller: Caller) {
    return this.deliveries.replay(caller.orgId, params.id as DeliveryId, caller.actor);
  }

  @Handle(deliveryRoutes.replaySince)
  replaySince(@Input() { params, body }: InputOf<typeof deliveryRoutes.replaySince>, @Who() caller: Caller) {
    const which = { since: new Date(body.since), failedOnly: body.failed_only };
    return this.deliveries.replaySince(caller.orgId, params.id as EndpointId, which, caller.actor);
  }

  @Handle(deliveryRoutes.types)
  async types(@Input() _: InputOf<typeof deliveryRoutes.types>) {
    return { items: describeWebhookEvents() };
  }
}
