import type { EventResult } from '@halyard/contracts/events/event';
import { EventInput } from '@halyard/contracts/events/event';
import { eventRoutes } from '@halyard/contracts/events/routes';
import type { InputOf, OutputOf } from '@halyard/contracts/route';
import type { Receipt } from '@halyard/core/events/events';
import { Events } from '@halyard/core/events/events';
import type { ContactId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class EventsController {
  constructor(@Inject(Events) private readonly events: Events) {}

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
    const parsed = body.events.map((event) => EventInput.safeParse(event));
    const inputs = parsed.flatMap((one) => (one.success ? [one.data] : []));
    const receipts = (await this.events.recordAll(caller.orgId, inputs)).values();
    return {
      results: parsed.map((one) =>
        resultOf(one.success ? receipts.next().value : refusalOf(one.error.issues)),
      ),
    };
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

function refusalOf(found: readonly { path: PropertyKey[]; message: string }[]): Receipt {
  const issues = found.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  const detail = first ? `${first.path}: ${first.message}` : 'The event does not have the expected shape.';
  return { kind: 'refused', code: 'invalid_request', detail, issues };
}

function resultOf(receipt: Receipt | undefined): EventResult {
  if (!receipt) throw new Error('An event was recorded without a receipt.');
  if (receipt.kind === 'refused')
    return {
      status: 'rejected',
      code: receipt.code,
      detail: receipt.detail,
      errors: [...receipt.issues],
    };
  const { id, contactId, duplicate } = receipt;
  return { status: 'accepted', id, contact_id: contactId, duplicate };
}
