import 'reflect-metadata';
import { routes } from '@halyard/contracts/routes';
import { randomIds } from '@halyard/core/ids';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { LogController } from 'fastify';
import type { Logger } from 'pino';
import { AccessGuard } from './http/access.guard.js';
import { withoutPrefix } from './http/api-prefix.js';
import { handledRoutes } from './http/handle.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ResponseShape } from './http/response-shape.interceptor.js';
import { toNestLogger } from './operations/nest-log.js';
import { takeMultipart } from './tracking/form.js';
import type { Wiring } from './wiring.js';

export interface AppOptions {
  log?: Logger;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustedProxies?: string | undefined;
  /** Adds to the bare server what is no route of the API: hooks, operations, documentation. */
  prepare?: (fastify: FastifyInstance) => void | Promise<void>;
}

/** Makes the HTTP server from the wiring; fails when a row of the route table has no handler. */
export async function createApp(
  { controllers, providers }: Pick<Wiring, 'controllers' | 'providers'>,
  { log, trustedProxies, prepare }: AppOptions = {},
): Promise<NestFastifyApplication> {
  @Module({
    controllers,
    providers: [
      ...providers,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }, // around the next: it keeps the shaped answer
      { provide: APP_INTERCEPTOR, useClass: ResponseShape },
    ],
  })
  class App {}

  const unhandled = routes.filter((route) => !handledRoutes.has(route.id)).map((route) => route.id);
  if (unhandled.length) throw new Error(`Routes without a handler: ${unhandled.join(', ')}`);
  const adapter = new FastifyAdapter({
    bodyLimit: 1_048_576,
    genReqId: () => randomIds(),
    rewriteUrl: ({ url = '/' }) => withoutPrefix(url),
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger: FastifyBaseLogger) => logger, // the ids of the request come from the log itself
    ...(log && { loggerInstance: log }),
    ...(trustedProxies && { trustProxy: trustedProxies }),
  });
  takeNoBody(adapter.getInstance() as unknown as FastifyInstance);
  takeMultipart(adapter.getInstance() as unknown as FastifyInstance);
  takeStreams(adapter.getInstance() as unknown as FastifyInstance);
  await prepare?.(adapter.getInstance() as unknown as FastifyInstance);
  return NestFactory.create<NestFastifyApplication>(App, adapter, {
    rawBody: true,
    logger: log ? toNestLogger(log) : ['error', 'warn'],
    abortOnError: false,
  });
}

/** Many clients name JSON whether they send anything or not: an empty body is none, not a broken one. */
function takeNoBody(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async ({ raw: { headers } }) => {
    const isEmpty = !headers['transfer-encoding'] && !Number(headers['content-length']);
    if (isEmpty && headers['content-type']?.startsWith('application/json')) delete headers['content-type'];
  });
}

/** Bodies of these types reach their handler as they arrive; it counts the bytes itself. */
function takeStreams(fastify: FastifyInstance): void {
  const types = new Set(routes.flatMap((route) => route.accepts ?? []));
  for (const type of types)
    fastify.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
}
