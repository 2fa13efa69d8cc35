import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** An AbortSignal for who calls and hangs up before there is an answer; when all is answered it fires, too. */
export const HungUp = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const hungUp = new AbortController();
  context
    .switchToHttp()
    .getResponse<FastifyReply>()
    .raw.once('close', () => hungUp.abort());
  return hungUp.signal;
});
