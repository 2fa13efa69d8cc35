import { auditRoutes } from '@halyard/contracts/audit/routes';
import { explainRoutes } from '@halyard/contracts/explain/routes';
import type { InputOf } from '@halyard/contracts/route';
import { ExplainFlows } from '@halyard/core/explain/explain-flows';
import { ExplainMessages } from '@halyard/core/explain/explain-messages';
import { localeFor } from '@halyard/core/explain/tell';
import type { EventId, FlowId, MessageId } from '@halyard/core/ids';
import { Controller, Headers, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { mayCall } from '../http/caller.js';
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
    @Who() caller: Caller,
    @Headers('accept-language') accepted?: string,
  ) {
    const locale = localeFor(query.locale, accepted);
    const namesActors = mayCall(caller, auditRoutes.list.access);
    return this.messages.explain(caller.orgId, params.id as MessageId, { locale, namesActors });
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
