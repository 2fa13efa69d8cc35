import { hookRoutes } from '@halyard/contracts/connections/hook-routes';
import type { InputOf } from '@halyard/contracts/route';
import { ReceiveReports } from '@halyard/core/connections/receive-reports';
import type { RawBodyRequest } from '@nestjs/common';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { beginningOf } from './arriving-mail.js';

/** Where providers report. Public: the token names the connection, the provider's own scheme proves the sender. */
@Controller()
export class ProviderHooksController {
  constructor(@Inject(ReceiveReports) private readonly reports: ReceiveReports) {}

  @Handle(hookRoutes.provider)
  async receive(
    @Input() { params }: InputOf<typeof hookRoutes.provider>,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ) {
    const received = await this.reports.receive(params.token, {
      headers: request.headers,
      rawBody: request.rawBody ?? (await beginningOf(request.body)),
      query: request.query as Record<string, string>,
    });
    return { received };
  }
}
