import { memberRoutes } from '@halyard/contracts/organizations/members';
import type { InputOf } from '@halyard/contracts/route';
import { AttemptLimits } from '@halyard/core/access/attempt-limits';
import { userActor } from '@halyard/core/actor';
import type { InvitationId } from '@halyard/core/ids';
import { Invitations } from '@halyard/core/organizations/invitations';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SessionAuthenticator } from '../access/authenticator.js';
import type { Caller, UserPrincipal } from '../http/caller.js';
import { Handle, Input, Person, Who } from '../http/handle.js';
import { roleOf } from './members.controller.js';

@Controller()
export class InvitationsController {
  constructor(
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(AttemptLimits) private readonly limits: AttemptLimits,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(memberRoutes.invite)
  async invite(
    @Input() { body }: InputOf<typeof memberRoutes.invite>,
    @Who() caller: Caller,
    @Req() request: FastifyRequest,
  ) {
    await this.limits.take('invite', body.email, request.ip);
    return this.invitations.invite(caller.orgId, body, roleOf(caller), caller.actor);
  }

  @Handle(memberRoutes.listInvitations)
  list(@Input() _: InputOf<typeof memberRoutes.listInvitations>, @Who() caller: Caller) {
    return this.invitations.list(caller.orgId);
  }

  @Handle(memberRoutes.cancelInvitation)
  async cancel(@Input() { params }: InputOf<typeof memberRoutes.cancelInvitation>, @Who() caller: Caller) {
    await this.invitations.cancel(caller.orgId, params.id as InvitationId, caller.actor);
    return undefined;
  }

  @Handle(memberRoutes.listMyInvitations)
  listMine(@Input() _: InputOf<typeof memberRoutes.listMyInvitations>, @Person() user: UserPrincipal) {
    return this.invitations.listFor(user.userId);
  }

  @Handle(memberRoutes.acceptInvitation)
  async accept(
    @Input() { params }: InputOf<typeof memberRoutes.acceptInvitation>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const id = params.id as InvitationId;
    const joined = await this.invitations.acceptById(
      user.userId,
      id,
      userActor(user.userId, user.email, request.id),
    );
    this.authenticator.forget();
    return joined;
  }

  @Handle(memberRoutes.acceptInvitationByToken)
  async acceptByToken(
    @Input() { body }: InputOf<typeof memberRoutes.acceptInvitationByToken>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    await this.limits.take('token', user.userId, request.ip);
    const joined = await this.invitations.acceptByToken(
      user.userId,
      body.token,
      userActor(user.userId, user.email, request.id),
    );
    this.authenticator.forget();
    return joined;
  }
}
