import { inboundHookRoutes } from '@halyard/contracts/inbound-hooks/routes';
import type { InputOf } from '@halyard/contracts/route';
import { ReceiveHook } from '@halyard/core/inbound-hooks/receive-hook';
import type { RawBodyRequest } from '@nestjs/common';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';

/** Where other systems push. Public: the token names the hook, and its own rules say whom it believes. */
@Controller()
export class ReceiveHookController {
  constructor(@Inject(ReceiveHook) private readonly hooks: ReceiveHook) {}

  @Handle(inboundHookRoutes.receive)
  async receive(
    @Input() { params, body }: InputOf<typeof inboundHookRoutes.receive>,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { headers, ip, rawBody = Buffer.alloc(0) } = request;
    const answer = await this.hooks.receive(params.token, { headers, rawBody, address: ip }, body);
    reply.status(answer.status);
    return answer.body;
  }
}
