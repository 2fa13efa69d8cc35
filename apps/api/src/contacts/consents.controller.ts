import { suppressionRoutes, topicRoutes } from '@halyard/contracts/contacts/consents';
import { consentRoutes } from '@halyard/contracts/contacts/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Consents } from '@halyard/core/contacts/consents';
import { Suppressions } from '@halyard/core/contacts/suppressions';
import { Topics } from '@halyard/core/contacts/topics';
import type { ContactId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class ConsentsController {
  constructor(
    @Inject(Consents) private readonly consents: Consents,
    @Inject(Topics) private readonly topics: Topics,
    @Inject(Suppressions) private readonly suppressions: Suppressions,
  ) {}

  @Handle(consentRoutes.list)
  list(@Input() { params }: InputOf<typeof consentRoutes.list>, @Who() caller: Caller) {
    return this.consents.read(caller.orgId, params.id as ContactId);
  }

  @Handle(consentRoutes.record)
  record(@Input() { params, body }: InputOf<typeof consentRoutes.record>, @Who() caller: Caller) {
    return this.consents.record(caller.orgId, params.id as ContactId, body, caller.actor);
  }

  @Handle(topicRoutes.list)
  async listTopics(@Input() _: InputOf<typeof topicRoutes.list>, @Who() caller: Caller) {
    return { items: await this.topics.list(caller.orgId) };
  }

  @Handle(topicRoutes.create)
  createTopic(@Input() { body }: InputOf<typeof topicRoutes.create>, @Who() caller: Caller) {
    return this.topics.create(caller.orgId, body, caller.actor);
  }

  @Handle(topicRoutes.update)
  updateTopic(@Input() { params, body }: InputOf<typeof topicRoutes.update>, @Who() caller: Caller) {
    return this.topics.update(caller.orgId, params.key, body, caller.actor);
  }

  @Handle(topicRoutes.remove)
  async removeTopic(@Input() { params }: InputOf<typeof topicRoutes.remove>, @Who() caller: Caller) {
    await this.topics.remove(caller.orgId, params.key, caller.actor);
    return undefined;
  }

  @Handle(suppressionRoutes.list)
  listSuppressions(@Input() { query }: InputOf<typeof suppressionRoutes.list>, @Who() caller: Caller) {
    return this.suppressions.list(caller.orgId, query);
  }

  @Handle(suppressionRoutes.add)
  suppress(@Input() { body }: InputOf<typeof suppressionRoutes.add>, @Who() caller: Caller) {
    return this.suppressions.add(caller.orgId, body, caller.actor);
  }

  @Handle(suppressionRoutes.remove)
  async unsuppress(@Input() { query }: InputOf<typeof suppressionRoutes.remove>, @Who() caller: Caller) {
    await this.suppressions.remove(caller.orgId, query, caller.actor);
    return undefined;
  }
}
