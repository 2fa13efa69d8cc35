import type { InputOf } from '@halyard/contracts/route';
import { trackingRoutes } from '@halyard/contracts/tracking/routes';
import { escapeHtml } from '@halyard/core/templates/html';
import { Engagements } from '@halyard/core/tracking/engagement';
import type { SeenRequest } from '@halyard/core/tracking/machine';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { sendPage } from './page.js';
import { acceptedLanguages, languageOf } from './page-words.js';

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

@Controller()
export class EngagementController {
  constructor(@Inject(Engagements) private readonly engagements: Engagements) {}

  /** Always the same picture: whether a token is good is nobody's business. */
  @Handle(trackingRoutes.open)
  async open(
    @Input() { params }: InputOf<typeof trackingRoutes.open>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.engagements.opened(params.token, seen(request));
    void reply
      .headers({
        'content-type': 'image/gif',
        'cache-control': 'no-store, no-cache, must-revalidate, private',
        'cross-origin-resource-policy': 'cross-origin', // webmail shows it on pages of its own
      })
      .send(pixel);
  }

  @Handle(trackingRoutes.click)
  async click(
    @Input() { params }: InputOf<typeof trackingRoutes.click>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const url = await this.engagements.clicked(params.token, seen(request));
    if (url === null) return sendUnknown(request, reply);
    void reply
      .status(302)
      .headers({ location: url, 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
      .send();
  }
}

/** What anybody gets whose link names nothing here. */
export function sendUnknown(request: FastifyRequest, reply: FastifyReply): void {
  const { lang, words } = languageOf(acceptedLanguages(request.headers['accept-language']));
  const body = `<p>${escapeHtml(words.unknownText)}</p>`;
  sendPage(reply, 404, { lang, title: words.unknownTitle, from: null, body });
}

function seen({ method, headers }: FastifyRequest): Omit<SeenRequest, 'at'> {
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-purpose'] ?? headers['x-moz'];
  return {
    method,
    userAgent: headers['user-agent'] ?? null,
    purpose: typeof purpose === 'string' ? purpose : null,
  };
}
