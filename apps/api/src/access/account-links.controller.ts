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
import { askPage, donePage, problemOn } from './account-link-page.js';
import { linkWordsIn } from './account-link-words.js';
import { SessionAuthenticator } from './authenticator.js';
import type { Client } from './client.js';
import { clientOf } from './client.js';
import { assertLongEnough } from './passwords.js';
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
    @Input() { params: { kind }, query }: InputOf<typeof accountLinkRoutes.show>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<string> {
    const language = linkWordsIn(clientOf(request).languages);
    return answer(reply, 200, kind, language, askPage(kind, query.token, language.words));
  }

  @Handle(accountLinkRoutes.follow)
  async follow(
    @Input() { params: { kind }, body }: InputOf<typeof accountLinkRoutes.follow>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<string> {
    const client = clientOf(request);
    const language = linkWordsIn(client.languages);
    try {
      const cookies = await this.#follow(kind, body, client);
      if (cookies.length) reply.header('set-cookie', cookies);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const page = askPage(kind, body.token, language.words, problemOn(kind, error, language.words));
      return answer(reply, problems[error.code].status, kind, language, page);
    }
    this.authenticator.forget();
    return answer(reply, 200, kind, language, donePage(kind, language.words));
  }

  async #follow(kind: AccountLink, { token, name, password }: Form, client: Client): Promise<string[]> {
    switch (kind) {
      case 'password':
        assertLongEnough(password);
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

/** These pages speak for the software, not for an organization. */
const halyard = { name: 'Halyard', look: { brand_color: null, logo: null } };

function answer(
  reply: FastifyReply,
  status: number,
  kind: AccountLink,
  { lang, words }: ReturnType<typeof linkWordsIn>,
  body: string,
): string {
  sendPage(reply, status, { lang, title: words.pages[kind].title, from: halyard, body });
  return '';
}
