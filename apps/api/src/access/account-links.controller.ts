import type { AccountLink } from '@halyard/contracts/access/links';
import { accountLinkRoutes } from '@halyard/contracts/access/links';
import { problems } from '@halyard/contracts/problems';
import type { InputOf } from '@halyard/contracts/route';
import { DomainError } from '@halyard/core/domain-error';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { sendPage } from '../tracking/page.js';
import { AccountChanges } from './account-changes.js';
import { askPage, donePage, titleOf } from './account-link-page.js';
import { SessionAuthenticator } from './authenticator.js';
import type { Client } from './client.js';
import { clientOf } from './client.js';
import { SignIn } from './sign-in.js';

type Form = InputOf<typeof accountLinkRoutes.follow>['body'];

@Controller()
export class AccountLinksController {
  constructor(
    @Inject(AccountChanges) private readonly account: AccountChanges,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(accountLinkRoutes.show)
  async show(
    @Input() { params, query }: InputOf<typeof accountLinkRoutes.show>,
    @Res() reply: FastifyReply,
  ): Promise<string> {
    return answer(reply, 200, params.kind, askPage(params.kind, query.token));
  }

  @Handle(accountLinkRoutes.follow)
  async follow(
    @Input() { params: { kind }, body }: InputOf<typeof accountLinkRoutes.follow>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<string> {
    try {
      const cookies = await this.#follow(kind, body, clientOf(request));
      if (cookies.length) reply.header('set-cookie', cookies);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return answer(reply, problems[error.code].status, kind, askPage(kind, body.token, error.message));
    }
    this.authenticator.forget();
    return answer(reply, 200, kind, donePage(kind));
  }

  async #follow(kind: AccountLink, { token, name, password }: Form, client: Client): Promise<string[]> {
    switch (kind) {
      case 'password':
        if (password.length < 12) throw new DomainError('invalid_request', 'Use 12 characters or more.');
        await this.account.resetPassword(token, password, client);
        return [];
      case 'email':
        await this.account.verifyEmail(token, client);
        return [];
      case 'invitation':
        return this.signIn.joinByInvitation(token, { name, password }, client);
    }
  }
}

function answer(reply: FastifyReply, status: number, kind: AccountLink, body: string): string {
  sendPage(reply, status, { lang: 'en', title: titleOf(kind), from: 'Halyard', body });
  return '';
}
