import { campaignRoutes } from '@halyard/contracts/campaigns/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Campaigns } from '@halyard/core/campaigns/campaigns';
import type { CampaignId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

type Named = { params: { id: string } };
const idIn = ({ params }: Named) => params.id as CampaignId;

@Controller()
export class CampaignsController {
  constructor(@Inject(Campaigns) private readonly campaigns: Campaigns) {}

  @Handle(campaignRoutes.list)
  list(@Input() { query }: InputOf<typeof campaignRoutes.list>, @Who() caller: Caller) {
    return this.campaigns.list(caller.orgId, query);
  }

  @Handle(campaignRoutes.create)
  create(@Input() { body }: InputOf<typeof campaignRoutes.create>, @Who() caller: Caller) {
    return this.campaigns.create(caller.orgId, body, caller.actor);
  }

  @Handle(campaignRoutes.size)
  size(@Input() { body }: InputOf<typeof campaignRoutes.size>, @Who() caller: Caller) {
    return this.campaigns.size(caller.orgId, body.audience);
  }

  @Handle(campaignRoutes.read)
  read(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.read(caller.orgId, idIn(input));
  }

  @Handle(campaignRoutes.update)
  update(@Input() input: InputOf<typeof campaignRoutes.update>, @Who() caller: Caller) {
    return this.campaigns.update(caller.orgId, idIn(input), input.body, caller.actor);
  }

  @Handle(campaignRoutes.remove)
  async remove(@Input() input: Named, @Who() caller: Caller) {
    await this.campaigns.remove(caller.orgId, idIn(input), caller.actor);
    return undefined;
  }

  @Handle(campaignRoutes.audience)
  audience(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.audience(caller.orgId, idIn(input));
  }

  @Handle(campaignRoutes.start)
  start(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.start(caller.orgId, idIn(input), caller.actor);
  }

  @Handle(campaignRoutes.send)
  send(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.start(caller.orgId, idIn(input), caller.actor);
  }

  @Handle(campaignRoutes.schedule)
  schedule(@Input() input: InputOf<typeof campaignRoutes.schedule>, @Who() caller: Caller) {
    return this.campaigns.schedule(caller.orgId, idIn(input), input.body, caller.actor);
  }

  @Handle(campaignRoutes.pause)
  pause(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.pause(caller.orgId, idIn(input), caller.actor);
  }

  @Handle(campaignRoutes.resume)
  resume(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.resume(caller.orgId, idIn(input), caller.actor);
  }

  @Handle(campaignRoutes.cancel)
  cancel(@Input() input: Named, @Who() caller: Caller) {
    return this.campaigns.cancel(caller.orgId, idIn(input), caller.actor);
  }

  @Handle(campaignRoutes.stats)
  stats(@Input() input: InputOf<typeof campaignRoutes.stats>, @Who() caller: Caller) {
    return this.campaigns.stats(caller.orgId, idIn(input), input.query.occurrence);
  }

  @Handle(campaignRoutes.recipients)
  recipients(@Input() input: InputOf<typeof campaignRoutes.recipients>, @Who() caller: Caller) {
    return this.campaigns.recipients(caller.orgId, idIn(input), input.query);
  }
}
