import { inboundHookRoutes } from '@halyard/contracts/inbound-hooks/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { InboundHookId } from '@halyard/core/inbound-hooks/inbound-hooks';
import { InboundHooks } from '@halyard/core/inbound-hooks/inbound-hooks';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { assertMayPush } from './may-push.js';

@Controller()
export class InboundHooksController {
  constructor(@Inject(InboundHooks) private readonly hooks: InboundHooks) {}

  @Handle(inboundHookRoutes.list)
  list(@Input() { query }: InputOf<typeof inboundHookRoutes.list>, @Who() caller: Caller) {
    return this.hooks.list(caller.orgId, query);
  }

  @Handle(inboundHookRoutes.create)
  create(@Input() { body }: InputOf<typeof inboundHookRoutes.create>, @Who() caller: Caller) {
    assertMayPush(caller, body.kind);
    return this.hooks.create(caller.orgId, body, caller.actor);
  }

  @Handle(inboundHookRoutes.read)
  read(@Input() { params }: InputOf<typeof inboundHookRoutes.read>, @Who() caller: Caller) {
    return this.hooks.read(caller.orgId, params.id as InboundHookId);
  }

  @Handle(inboundHookRoutes.update)
  async update(@Input() { params, body }: InputOf<typeof inboundHookRoutes.update>, @Who() caller: Caller) {
    await this.#assertMayHandOut(params.id as InboundHookId, caller);
    return this.hooks.update(caller.orgId, params.id as InboundHookId, body, caller.actor);
  }

  @Handle(inboundHookRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof inboundHookRoutes.remove>, @Who() caller: Caller) {
    await this.hooks.remove(caller.orgId, params.id as InboundHookId, caller.actor);
    return undefined;
  }

  @Handle(inboundHookRoutes.rotate)
  async rotate(@Input() { params }: InputOf<typeof inboundHookRoutes.rotate>, @Who() caller: Caller) {
    await this.#assertMayHandOut(params.id as InboundHookId, caller);
    return this.hooks.rotate(caller.orgId, params.id as InboundHookId, caller.actor);
  }

  /** Its addresses and its secrets are what keeps others out. */
  async #assertMayHandOut(id: InboundHookId, caller: Caller): Promise<void> {
    const { kind } = await this.hooks.read(caller.orgId, id);
    assertMayPush(caller, kind);
  }
}
