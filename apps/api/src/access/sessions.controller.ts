import { accessRoutes } from '@halyard/contracts/access/routes';
import type { InputOf } from '@halyard/contracts/route';
import { DomainError } from '@halyard/core/domain-error';
import type { SessionId } from '@halyard/core/ids';
import { Organizations } from '@halyard/core/organizations/organizations';
import { PgAccounts } from '@halyard/postgres/accounts';
import { PgSessions } from '@halyard/postgres/sessions';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserPrincipal } from '../http/caller.js';
import { Handle, Input, Person } from '../http/handle.js';
import { AccountChanges } from './account-changes.js';
import { SessionAuthenticator } from './authenticator.js';
import { clientOf } from './client.js';
import { SessionCookies } from './cookies.js';

@Controller()
export class SessionsController {
  constructor(
    @Inject(AccountChanges) private readonly account: AccountChanges,
    @Inject(PgSessions) private readonly sessions: PgSessions,
    @Inject(PgAccounts) private readonly accounts: PgAccounts,
    @Inject(Organizations) private readonly organizations: Organizations,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {}

  @Handle(accessRoutes.me)
  async me(@Input() _: InputOf<typeof accessRoutes.me>, @Person() user: UserPrincipal) {
    const account = await this.accounts.find(user.userId);
    if (!account) throw new DomainError('unauthenticated', 'Your account is gone.');
    const { id, email, name, emailVerified, twoFactor } = account;
    return {
      id,
      email,
      name,
      email_verified: emailVerified,
      two_factor: twoFactor,
      memberships: await this.organizations.membershipsOf(id),
      active_organization_id: await this.sessions.defaultOrganization(id, user.sessionId),
      standing_still_since: (await this.accounts.standingStillSince())?.toISOString() ?? null,
    };
  }

  @Handle(accessRoutes.listSessions)
  async list(@Input() _: InputOf<typeof accessRoutes.listSessions>, @Person() user: UserPrincipal) {
    return { items: await this.sessions.list(user.userId, user.sessionId) };
  }

  @Handle(accessRoutes.revokeSession)
  async revoke(
    @Input() { params }: InputOf<typeof accessRoutes.revokeSession>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    await this.account.endSession(user, params.id as SessionId, clientOf(request));
    this.authenticator.forget();
    return undefined;
  }

  @Handle(accessRoutes.logout)
  async logout(
    @Input() _: InputOf<typeof accessRoutes.logout>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.account.endSession(user, user.sessionId, clientOf(request));
    this.authenticator.forget();
    reply.header('set-cookie', this.cookies.toExpire());
    return undefined;
  }
}
