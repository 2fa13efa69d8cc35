import { accessRoutes } from '@halyard/contracts/access/routes';
import type { InputOf } from '@halyard/contracts/route';
import { TwoFactorRequired } from '@halyard/core/access/two-factor-required';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { SessionAuthenticator } from './authenticator.js';
import { clientOf } from './client.js';
import { SignIn } from './sign-in.js';

@Controller()
export class SignInController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(accessRoutes.register)
  async register(@Input() { body }: InputOf<typeof accessRoutes.register>, @Req() request: FastifyRequest) {
    await this.signIn.register(body, clientOf(request));
    return {
      email: body.email,
      next: 'Log in with POST /auth/login. Had this address an account already, it got a mail that says so.',
    };
  }

  @Handle(accessRoutes.login)
  async login(
    @Input() { body }: InputOf<typeof accessRoutes.login>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.signIn.login(body.email, body.password, clientOf(request));
    if (!result.complete) {
      reply.header('set-cookie', result.cookies);
      throw new TwoFactorRequired(result.challenge);
    }
    reply.header('set-cookie', result.answer.cookies);
    return result.answer.signedIn;
  }

  @Handle(accessRoutes.twoFactor)
  async completeTwoFactor(
    @Input() { body }: InputOf<typeof accessRoutes.twoFactor>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.signIn.completeTwoFactor(body, clientOf(request));
    reply.header('set-cookie', answer.cookies);
    return answer.signedIn;
  }

  @Handle(accessRoutes.refresh)
  async refresh(@Input() { body }: InputOf<typeof accessRoutes.refresh>, @Req() request: FastifyRequest) {
    try {
      return await this.signIn.refresh(body.refresh_token, clientOf(request));
    } catch (error) {
      this.authenticator.forget(); // a token that came twice has ended its session: its JWTs end with it
      throw error;
    }
  }
}
