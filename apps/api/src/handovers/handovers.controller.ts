import { handoverRoutes } from '@halyard/contracts/handovers/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Claims } from '@halyard/core/handovers/claims';
import { Permits } from '@halyard/core/handovers/permits';
import { ReportOutcome } from '@halyard/core/handovers/report-outcome';
import type { AttemptId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class HandoversController {
  constructor(
    @Inject(Claims) private readonly claims: Claims,
    @Inject(Permits) private readonly permits: Permits,
    @Inject(ReportOutcome) private readonly outcomes: ReportOutcome,
  ) {}

  @Handle(handoverRoutes.claim)
  async claim(@Input() { body }: InputOf<typeof handoverRoutes.claim>, @Who() { orgId }: Caller) {
    return { items: await this.claims.claim(orgId, body) };
  }

  @Handle(handoverRoutes.permit)
  permit(@Input() { body }: InputOf<typeof handoverRoutes.permit>, @Who() { orgId }: Caller) {
    return this.permits.ask(orgId, body);
  }

  @Handle(handoverRoutes.outcome)
  outcome(@Input() { params, body }: InputOf<typeof handoverRoutes.outcome>, @Who() { orgId }: Caller) {
    return this.outcomes.report(orgId, params.id as AttemptId, body);
  }

  @Handle(handoverRoutes.reportByToken)
  async reportByToken(@Input() { params, body }: InputOf<typeof handoverRoutes.reportByToken>) {
    return this.outcomes.reportByToken(params.token, body);
  }
}
