import type { InputOf } from '@halyard/contracts/route';
import { trackingRoutes } from '@halyard/contracts/tracking/routes';
import { escapeHtml } from '@halyard/core/templates/html';
import type { ConfirmationPage } from '@halyard/core/tracking/confirmations';
import { Confirmations } from '@halyard/core/tracking/confirmations';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { sendUnknown } from './engagement.controller.js';
import { sendPage } from './page.js';
import { acceptedLanguages, languageOf, nameIn } from './page-words.js';

@Controller()
export class ConfirmationsController {
  constructor(@Inject(Confirmations) private readonly confirmations: Confirmations) {}

  @Handle(trackingRoutes.askConfirmation)
  async ask(
    @Input() { params }: InputOf<typeof trackingRoutes.askConfirmation>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const page = await this.confirmations.page(params.token);
    if (!page) return sendUnknown(request, reply);
    const { lang, words } = languageFor(page, request);
    const channel = words.channels[page.channel] ?? words.messages;
    const question = words.confirmText(channel, page.topic && nameIn(page.topic, lang));
    const body = `<p>${escapeHtml(question)}</p>
<form method="post"><button>${escapeHtml(words.confirm)}</button></form>
<p class="from">${escapeHtml(words.confirmNot)}</p>`;
    sendPage(reply, 200, { lang, title: words.confirmTitle, from: page.organization, body });
  }

  @Handle(trackingRoutes.confirm)
  async confirm(
    @Input() { params }: InputOf<typeof trackingRoutes.confirm>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const page = await this.confirmations.page(params.token);
    const proof = { ip: request.ip, userAgent: request.headers['user-agent'] };
    const outcome = page && (await this.confirmations.confirm(params.token, proof));
    if (!page || !outcome) return sendUnknown(request, reply);
    const { lang, words } = languageFor(page, request);
    const [title, text] =
      outcome === 'withdrawn'
        ? [words.withdrawnTitle, words.withdrawnText]
        : [words.confirmedTitle, words.confirmedText];
    const body = `<p class="done" role="status">${escapeHtml(text)}</p>`;
    sendPage(reply, 200, { lang, title, from: page.organization, body });
  }
}

const languageFor = (page: ConfirmationPage, request: FastifyRequest) =>
  languageOf([
    page.locale,
    ...acceptedLanguages(request.headers['accept-language']),
    page.organization.locale,
  ]);
