import { eventRoutes } from '@halyard/contracts/events/routes';
import type { InputOf, OutputOf } from '@halyard/contracts/route';
import { EventBatches } from '@halyard/core/events/event-batches';
import { Events } from '@halyard/core/events/events';
import type { ContactId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { eventResult } from './event-result.js';

@Controller()
export class EventsController {
  constructor(
    @Inject(Events) private readonly events: Events,
    @Inject(EventBatches) private readonly batches: EventBatches,
  ) {}

  @Handle(eventRoutes.record)
  async record(@Input() { body }: InputOf<typeof eventRoutes.record>, @Who() caller: Caller) {
    const { id, contactId, duplicate } = await this.events.record(caller.orgId, body);
    return { id, contact_id: contactId, duplicate };
  }

  @Handle(eventRoutes.recordBatch)
  async recordBatch(
    @Input() { body }: InputOf<typeof eventRoutes.recordBatch>,
    @Who() caller: Caller,
  ): Promise<OutputOf<typeof eventRoutes.recordBatch>> {
    const receipts = await this.batches.record(caller.orgId, body.events, { setAside: body.quarantine });
    return { results: receipts.map(eventResult) };
  }

  @Handle(eventRoutes.list)
  list(@Input() { query }: InputOf<typeof eventRoutes.list>, @Who() caller: Caller) {
    return this.events.list(caller.orgId, query);
  }

  @Handle(eventRoutes.timeline)
  timeline(@Input() { params, query }: InputOf<typeof eventRoutes.timeline>, @Who() caller: Caller) {
    return this.events.timeline(caller.orgId, params.id as ContactId, query);
  }
}
