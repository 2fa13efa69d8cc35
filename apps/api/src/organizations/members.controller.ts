import { memberRoutes } from '@halyard/contracts/organizations/members';
import type { InputOf, Role } from '@halyard/contracts/route';
import type { UserId } from '@halyard/core/ids';
import { Members } from '@halyard/core/organizations/members';
import { Controller, Inject } from '@nestjs/common';
import { SessionAuthenticator } from '../access/authenticator.js';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class MembersController {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(memberRoutes.list)
  list(@Input() _: InputOf<typeof memberRoutes.list>, @Who() caller: Caller) {
    return this.members.list(caller.orgId);
  }

  @Handle(memberRoutes.changeRole)
  async changeRole(
    @Input() { params, body }: InputOf<typeof memberRoutes.changeRole>,
    @Who() caller: Caller,
  ) {
    const id = params.id as UserId;
    const member = await this.members.changeRole(caller.orgId, id, body.role, roleOf(caller), caller.actor);
    this.authenticator.forget();
    return member;
  }

  @Handle(memberRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof memberRoutes.remove>, @Who() caller: Caller) {
    await this.members.remove(caller.orgId, params.id as UserId, roleOf(caller), caller.actor);
    this.authenticator.forget();
    return undefined;
  }

  @Handle(memberRoutes.leave)
  async leave(@Input() _: InputOf<typeof memberRoutes.leave>, @Who() caller: Caller) {
    await this.members.leave(caller.orgId, caller.actor.id as UserId, roleOf(caller), caller.actor);
    this.authenticator.forget();
    return undefined;
  }
}

/** These routes take no API key, so there is a role; without one nothing is allowed. */
export const roleOf = (caller: Caller): Role => caller.role ?? 'viewer';
