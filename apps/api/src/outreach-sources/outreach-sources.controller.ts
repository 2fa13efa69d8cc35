import { outreachSourceRoutes } from '@halyard/contracts/outreach/source-routes';
import type { InputOf } from '@halyard/contracts/route';
import type { OutreachSourceId } from '@halyard/core/ids';
import { OutreachSources } from '@halyard/core/outreach-sources/outreach-sources';
import { SourceTrial } from '@halyard/core/outreach-sources/source-trial';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

const routes = outreachSourceRoutes;

@Controller()
export class OutreachSourcesController {
  constructor(
    @Inject(OutreachSources) private readonly sources: OutreachSources,
    @Inject(SourceTrial) private readonly trial: SourceTrial,
  ) {}

  @Handle(routes.list)
  list(@Input() { query }: InputOf<typeof routes.list>, @Who() caller: Caller) {
    return this.sources.list(caller.orgId, query);
  }

  @Handle(routes.create)
  create(@Input() { body }: InputOf<typeof routes.create>, @Who() caller: Caller) {
    return this.sources.create(caller.orgId, body, caller.actor);
  }

  @Handle(routes.read)
  read(@Input() { params }: InputOf<typeof routes.read>, @Who() caller: Caller) {
    return this.sources.read(caller.orgId, params.id as OutreachSourceId);
  }

  @Handle(routes.update)
  update(@Input() { params, body }: InputOf<typeof routes.update>, @Who() caller: Caller) {
    return this.sources.update(caller.orgId, params.id as OutreachSourceId, body, caller.actor);
  }

  @Handle(routes.remove)
  async remove(@Input() { params }: InputOf<typeof routes.remove>, @Who() caller: Caller) {
    await this.sources.remove(caller.orgId, params.id as OutreachSourceId, caller.actor);
    return undefined;
  }

  @Handle(routes.test)
  test(@Input() { params }: InputOf<typeof routes.test>, @Who() caller: Caller) {
    return this.trial.test(caller.orgId, params.id as OutreachSourceId);
  }

  @Handle(routes.look)
  look(@Input() { body }: InputOf<typeof routes.look>, @Who() caller: Caller) {
    return this.trial.look(caller.orgId, body);
  }

  @Handle(routes.poll)
  async poll(@Input() { params }: InputOf<typeof routes.poll>, @Who() caller: Caller) {
    await this.sources.poll(caller.orgId, params.id as OutreachSourceId);
    return { queued: true };
  }
}
