import { overviewRoutes } from '@halyard/contracts/overview/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Overviews } from '@halyard/core/overview/overviews';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class OverviewController {
  constructor(@Inject(Overviews) private readonly overviews: Overviews) {}

  @Handle(overviewRoutes.read)
  read(@Input() { query }: InputOf<typeof overviewRoutes.read>, @Who() { orgId }: Caller) {
    return this.overviews.read(orgId, query.days);
  }
}
