import { explainRoutes } from '@halyard/contracts/explain/routes';
import type { InputOf } from '@halyard/contracts/route';
import { ExplainFlows } from '@halyard/core/explain/explain-flows';
import { ExplainMessages } from '@halyard/core/explain/explain-messages';
import { localeFor } from '@halyard/core/explain/tell';
import type { EventId, FlowId, MessageId } from '@halyard/core/ids';
import { Controller, Headers, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class ExplainController {
  constructor(
    @Inject(ExplainMessages) private readonly messages: ExplainMessages,
    @Inject(ExplainFlows) private readonly flows: ExplainFlows,
  ) {}

  @Handle(explainRoutes.message)
  message(
    @Input() { params, query }: InputOf<typeof explainRoutes.message>,
    @Who() { orgId }: Caller,
    @Headers('accept-language') accepted?: string,
  ) {
    return this.messages.explain(orgId, params.id as MessageId, localeFor(query.locale, accepted));
  }

  @Handle(explainRoutes.flow)
  flow(
    @Input() { params, query }: InputOf<typeof explainRoutes.flow>,
    @Who() { orgId }: Caller,
    @Headers('accept-language') accepted?: string,
  ) {
    const asked = { contact: query.contact, event: query.event as EventId | undefined };
    return this.flows.explain(orgId, params.id as FlowId, asked, localeFor(query.locale, accepted));
  }
}
