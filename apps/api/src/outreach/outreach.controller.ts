import { outreachRoutes } from '@halyard/contracts/outreach/routes';
import type { InputOf, OutputOf } from '@halyard/contracts/route';
import { Outreach } from '@halyard/core/outreach/outreach';
import { OutreachTenants } from '@halyard/core/outreach/tenants';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { outreachResult } from './outreach-result.js';

@Controller()
export class OutreachController {
  constructor(
    @Inject(Outreach) private readonly outreach: Outreach,
    @Inject(OutreachTenants) private readonly mapped: OutreachTenants,
  ) {}

  @Handle(outreachRoutes.push)
  push(@Input() { body }: InputOf<typeof outreachRoutes.push>, @Who() caller: Caller) {
    return this.outreach.push(caller.orgId, body);
  }

  @Handle(outreachRoutes.pushBatch)
  async pushBatch(
    @Input() { body }: InputOf<typeof outreachRoutes.pushBatch>,
    @Who() caller: Caller,
  ): Promise<OutputOf<typeof outreachRoutes.pushBatch>> {
    return { results: (await this.outreach.pushBatch(caller.orgId, body.items)).map(outreachResult) };
  }

  @Handle(outreachRoutes.list)
  list(@Input() { query }: InputOf<typeof outreachRoutes.list>, @Who() caller: Caller) {
    return this.outreach.list(caller.orgId, query);
  }

  @Handle(outreachRoutes.read)
  read(@Input() { params }: InputOf<typeof outreachRoutes.read>, @Who() caller: Caller) {
    return this.outreach.read(caller.orgId, params.id);
  }

  @Handle(outreachRoutes.tenants)
  async tenants(@Input() _: InputOf<typeof outreachRoutes.tenants>, @Who() caller: Caller) {
    return { items: await this.mapped.list(caller.orgId) };
  }

  @Handle(outreachRoutes.mapTenant)
  mapTenant(@Input() { params }: InputOf<typeof outreachRoutes.mapTenant>, @Who() caller: Caller) {
    return this.mapped.map(caller.orgId, params.id, caller.actor);
  }

  @Handle(outreachRoutes.unmapTenant)
  async unmapTenant(@Input() { params }: InputOf<typeof outreachRoutes.unmapTenant>, @Who() caller: Caller) {
    await this.mapped.unmap(caller.orgId, params.id, caller.actor);
    return undefined;
  }
}
