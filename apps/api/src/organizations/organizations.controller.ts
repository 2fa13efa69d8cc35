import { organizationRoutes } from '@halyard/contracts/organizations/routes';
import type { InputOf } from '@halyard/contracts/route';
import { userActor } from '@halyard/core/actor';
import { notFound } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import { Organizations } from '@halyard/core/organizations/organizations';
import { PgSessions } from '@halyard/postgres/sessions';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, UserPrincipal } from '../http/caller.js';
import { Handle, Input, Person, Who } from '../http/handle.js';

@Controller()
export class OrganizationsController {
  constructor(
    @Inject(Organizations) private readonly organizations: Organizations,
    @Inject(PgSessions) private readonly sessions: PgSessions,
  ) {}

  @Handle(organizationRoutes.create)
  create(
    @Input() { body }: InputOf<typeof organizationRoutes.create>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.organizations.create(body, user.userId, userActor(user.userId, user.email, request.id));
  }

  @Handle(organizationRoutes.listMine)
  async listMine(@Input() _: InputOf<typeof organizationRoutes.listMine>, @Person() user: UserPrincipal) {
    return { items: await this.organizations.membershipsOf(user.userId) };
  }

  @Handle(organizationRoutes.activate)
  async activate(
    @Input() { params }: InputOf<typeof organizationRoutes.activate>,
    @Person() user: UserPrincipal,
  ) {
    const orgId = params.id as OrgId;
    if (!(await this.sessions.roleOf(user.userId, orgId))) throw notFound('organization');
    await this.sessions.activate(user.sessionId, orgId);
    return undefined;
  }

  @Handle(organizationRoutes.read)
  read(@Input() _: InputOf<typeof organizationRoutes.read>, @Who() caller: Caller) {
    return this.organizations.read(caller.orgId);
  }

  @Handle(organizationRoutes.update)
  update(@Input() { body }: InputOf<typeof organizationRoutes.update>, @Who() caller: Caller) {
    return this.organizations.update(caller.orgId, body, caller.actor);
  }

  @Handle(organizationRoutes.readPolicy)
  readPolicy(@Input() _: InputOf<typeof organizationRoutes.readPolicy>, @Who() caller: Caller) {
    return this.organizations.readPolicy(caller.orgId);
  }

  @Handle(organizationRoutes.replacePolicy)
  replacePolicy(@Input() { body }: InputOf<typeof organizationRoutes.replacePolicy>, @Who() caller: Caller) {
    return this.organizations.replacePolicy(caller.orgId, body, caller.actor);
  }

  @Handle(organizationRoutes.readLook)
  readLook(@Input() _: InputOf<typeof organizationRoutes.readLook>, @Who() caller: Caller) {
    return this.organizations.readLook(caller.orgId);
  }

  @Handle(organizationRoutes.replaceLook)
  replaceLook(@Input() { body }: InputOf<typeof organizationRoutes.replaceLook>, @Who() caller: Caller) {
    return this.organizations.replaceLook(caller.orgId, body, caller.actor);
  }
}
