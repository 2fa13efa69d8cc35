import { reviewRoutes } from '@halyard/contracts/review/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { ReviewItemId } from '@halyard/core/review/review-items';
import { ReviewItems } from '@halyard/core/review/review-items';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class ReviewController {
  constructor(@Inject(ReviewItems) private readonly items: ReviewItems) {}

  @Handle(reviewRoutes.list)
  list(@Input() { query }: InputOf<typeof reviewRoutes.list>, @Who() caller: Caller) {
    return this.items.list(caller.orgId, query);
  }

  @Handle(reviewRoutes.counts)
  counts(@Input() _: InputOf<typeof reviewRoutes.counts>, @Who() caller: Caller) {
    return this.items.counts(caller.orgId);
  }

  @Handle(reviewRoutes.read)
  read(@Input() { params }: InputOf<typeof reviewRoutes.read>, @Who() caller: Caller) {
    return this.items.read(caller.orgId, params.id as ReviewItemId);
  }

  @Handle(reviewRoutes.replayAll)
  replayAll(@Input() { body }: InputOf<typeof reviewRoutes.replayAll>, @Who() caller: Caller) {
    const { kind, confirm, cursor } = body;
    const after = (cursor ?? null) as ReviewItemId | null;
    return this.items.replayAll(caller.orgId, kind, { confirmed: confirm, after }, caller.actor);
  }

  @Handle(reviewRoutes.replay)
  replay(@Input() { params, body }: InputOf<typeof reviewRoutes.replay>, @Who() caller: Caller) {
    const { confirm: confirmed, payload } = body;
    return this.items.replay(caller.orgId, params.id as ReviewItemId, { confirmed, payload }, caller.actor);
  }

  @Handle(reviewRoutes.resolve)
  resolve(@Input() { params }: InputOf<typeof reviewRoutes.resolve>, @Who() caller: Caller) {
    return this.items.resolve(caller.orgId, params.id as ReviewItemId, caller.actor);
  }
}
