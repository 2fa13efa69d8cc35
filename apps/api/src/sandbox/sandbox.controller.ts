import type { InputOf } from '@halyard/contracts/route';
import { sandboxRoutes } from '@halyard/contracts/sandbox/routes';
import { Sandbox } from '@halyard/core/sandbox/sandbox';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class SandboxController {
  constructor(@Inject(Sandbox) private readonly sandbox: Sandbox) {}

  @Handle(sandboxRoutes.list)
  list(@Input() { query }: InputOf<typeof sandboxRoutes.list>, @Who() caller: Caller) {
    return this.sandbox.list(caller.orgId, query);
  }

  @Handle(sandboxRoutes.read)
  read(@Input() { params }: InputOf<typeof sandboxRoutes.read>, @Who() caller: Caller) {
    return this.sandbox.read(caller.orgId, params.id);
  }

  @Handle(sandboxRoutes.clear)
  async clear(@Input() _: InputOf<typeof sandboxRoutes.clear>, @Who() caller: Caller) {
    await this.sandbox.clear(caller.orgId);
    return undefined;
  }

  @Handle(sandboxRoutes.act)
  async act(@Input() { params, body }: InputOf<typeof sandboxRoutes.act>, @Who() caller: Caller) {
    await this.sandbox.act(caller.orgId, params.id, body);
    return undefined;
  }
}
