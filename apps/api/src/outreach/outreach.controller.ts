import type { OutreachResult } from '@halyard/contracts/outreach/item';
import { OutreachItem } from '@halyard/contracts/outreach/item';
import { outreachRoutes } from '@halyard/contracts/outreach/routes';
import type { InputOf, OutputOf } from '@halyard/contracts/route';
import type { Pushed } from '@halyard/core/outreach/outreach';
import { Outreach } from '@halyard/core/outreach/outreach';
import { OutreachTenants } from '@halyard/core/outreach/tenants';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

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
    const parsed = body.items.map((item) => OutreachItem.safeParse(item));
    const items = parsed.flatMap((one) => (one.success ? [one.data] : []));
    const pushed = (await this.outreach.pushAll(caller.orgId, items)).values();
    return {
      results: parsed.map((one) => resultOf(one.success ? pushed.next().value : refusalOf(one.error.issues))),
    };
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

function refusalOf(found: readonly { path: PropertyKey[]; message: string }[]): Pushed {
  const issues = found.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  const detail = first ? `${first.path}: ${first.message}` : 'The item does not have the expected shape.';
  return { kind: 'refused', code: 'invalid_request', detail, issues };
}

function resultOf(pushed: Pushed | undefined): OutreachResult {
  if (!pushed) throw new Error('An item was pushed without an answer.');
  if (pushed.kind === 'refused')
    return { status: 'rejected', code: pushed.code, detail: pushed.detail, errors: [...pushed.issues] };
  const { id, contact_id, accepted_at } = pushed;
  return { status: 'accepted', id, contact_id, accepted_at };
}
