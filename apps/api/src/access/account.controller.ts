import { accessRoutes } from '@halyard/contracts/access/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserPrincipal } from '../http/caller.js';
import { Handle, Input, Person } from '../http/handle.js';
import { AccountChanges } from './account-changes.js';
import { SessionAuthenticator } from './authenticator.js';
import { clientOf } from './client.js';

@Controller()
export class AccountController {
  constructor(
    @Inject(AccountChanges) private readonly account: AccountChanges,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(accessRoutes.forgotPassword)
  async forgotPassword(
    @Input() { body }: InputOf<typeof accessRoutes.forgotPassword>,
    @Req() request: FastifyRequest,
  ) {
    await this.account.forgotPassword(body.email, clientOf(request));
    return {
      next: 'If this address has an account, a mail with a link is on its way. It works for 30 minutes.',
    };
  }

  @Handle(accessRoutes.resetPassword)
  async resetPassword(
    @Input() { body }: InputOf<typeof accessRoutes.resetPassword>,
    @Req() request: FastifyRequest,
  ) {
    await this.account.resetPassword(body.token, body.password, clientOf(request));
    this.authenticator.forget();
    return undefined;
  }

  @Handle(accessRoutes.rename)
  async rename(
    @Input() { body }: InputOf<typeof accessRoutes.rename>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const { emailVerified, ...account } = await this.account.rename(user, body.name, clientOf(request));
    return { ...account, email_verified: emailVerified };
  }

  @Handle(accessRoutes.changePassword)
  async changePassword(
    @Input() { body }: InputOf<typeof accessRoutes.changePassword>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    await this.account.changePassword(user, body.current_password, body.new_password, clientOf(request));
    this.authenticator.forget();
    return undefined;
  }

  @Handle(accessRoutes.verifyEmail)
  async verifyEmail(
    @Input() { body }: InputOf<typeof accessRoutes.verifyEmail>,
    @Req() request: FastifyRequest,
  ) {
    await this.account.verifyEmail(body.token, clientOf(request));
    return undefined;
  }

  @Handle(accessRoutes.sendVerification)
  async sendVerification(
    @Input() _: InputOf<typeof accessRoutes.sendVerification>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    await this.account.sendVerification(user, clientOf(request));
    return undefined;
  }

  @Handle(accessRoutes.enableTwoFactor)
  enableTwoFactor(
    @Input() { body }: InputOf<typeof accessRoutes.enableTwoFactor>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.account.enableTwoFactor(user, body.password, clientOf(request));
  }

  @Handle(accessRoutes.confirmTwoFactor)
  async confirmTwoFactor(
    @Input() { body }: InputOf<typeof accessRoutes.confirmTwoFactor>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { signedIn, cookies } = await this.account.confirmTwoFactor(user, body.code, clientOf(request));
    this.authenticator.forget();
    reply.header('set-cookie', cookies);
    return signedIn;
  }

  @Handle(accessRoutes.disableTwoFactor)
  async disableTwoFactor(
    @Input() { body }: InputOf<typeof accessRoutes.disableTwoFactor>,
    @Person() user: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { signedIn, cookies } = await this.account.disableTwoFactor(user, body.password, clientOf(request));
    this.authenticator.forget();
    reply.header('set-cookie', cookies);
    return signedIn;
  }
}
