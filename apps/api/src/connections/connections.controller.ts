import type { Connection } from '@halyard/contracts/connections/routes';
import { connectionRoutes } from '@halyard/contracts/connections/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Connections } from '@halyard/core/connections/connections';
import { SenderChecks } from '@halyard/core/connections/sender-checks';
import type { ConnectionId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { mayCall } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

const routes = connectionRoutes;

@Controller()
export class ConnectionsController {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(SenderChecks) private readonly senders: SenderChecks,
  ) {}

  @Handle(routes.list)
  async list(@Input() { query }: InputOf<typeof routes.list>, @Who() caller: Caller) {
    const page = await this.connections.list(caller.orgId, query);
    return { ...page, items: page.items.map((connection) => shownTo(caller, connection)) };
  }

  @Handle(routes.create)
  create(@Input() { body }: InputOf<typeof routes.create>, @Who() caller: Caller) {
    return this.connections.create(caller.orgId, body, caller.actor);
  }

  @Handle(routes.read)
  async read(@Input() { params }: InputOf<typeof routes.read>, @Who() caller: Caller) {
    return shownTo(caller, await this.connections.read(caller.orgId, params.id as ConnectionId));
  }

  @Handle(routes.update)
  update(@Input() { params, body }: InputOf<typeof routes.update>, @Who() caller: Caller) {
    return this.connections.update(caller.orgId, params.id as ConnectionId, body, caller.actor);
  }

  @Handle(routes.remove)
  async remove(@Input() { params }: InputOf<typeof routes.remove>, @Who() caller: Caller) {
    await this.connections.remove(caller.orgId, params.id as ConnectionId, caller.actor);
    return undefined;
  }

  @Handle(routes.test)
  test(@Input() { params }: InputOf<typeof routes.test>, @Who() caller: Caller) {
    return this.connections.test(caller.orgId, params.id as ConnectionId);
  }

  @Handle(routes.pause)
  pause(@Input() { params }: InputOf<typeof routes.pause>, @Who() caller: Caller) {
    return this.connections.setStatus(caller.orgId, params.id as ConnectionId, 'paused', caller.actor);
  }

  @Handle(routes.resume)
  resume(@Input() { params }: InputOf<typeof routes.resume>, @Who() caller: Caller) {
    return this.connections.setStatus(caller.orgId, params.id as ConnectionId, 'active', caller.actor);
  }

  @Handle(routes.domain)
  domain(@Input() { params }: InputOf<typeof routes.domain>, @Who() caller: Caller) {
    return this.senders.check(caller.orgId, params.id as ConnectionId);
  }
}

/** Where some providers report, the address is the only proof: who may not change a connection does not see it. */
const shownTo = (caller: Caller, connection: Connection): Connection =>
  mayCall(caller, routes.update.access) ? connection : { ...connection, webhook_url: null };
