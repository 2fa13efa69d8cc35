import { mergeRoutes } from '@halyard/contracts/contacts/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { MergeId } from '@halyard/core/contacts/merges';
import { Merges } from '@halyard/core/contacts/merges';
import type { ContactId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class MergesController {
  constructor(@Inject(Merges) private readonly merges: Merges) {}

  @Handle(mergeRoutes.merge)
  merge(@Input() { params, body }: InputOf<typeof mergeRoutes.merge>, @Who() caller: Caller) {
    return this.merges.merge(caller.orgId, params.id as ContactId, body.other_id as ContactId, caller.actor);
  }

  @Handle(mergeRoutes.undo)
  undo(@Input() { params }: InputOf<typeof mergeRoutes.undo>, @Who() caller: Caller) {
    return this.merges.undo(caller.orgId, params.id as MergeId, caller.actor);
  }

  @Handle(mergeRoutes.list)
  async list(@Input() { params }: InputOf<typeof mergeRoutes.list>, @Who() caller: Caller) {
    return { items: await this.merges.list(caller.orgId, params.id as ContactId) };
  }
}
