import 'reflect-metadata';
import { routes } from '@halyard/contracts/routes';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { v7 } from 'uuid';
import { AccessGuard } from './http/access.guard.js';
import { handledRoutes } from './http/handle.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ResponseShape } from './http/response-shape.interceptor.js';
import type { Wiring } from './wiring.js';

/** Makes the HTTP server from the wiring; fails when a row of the route table has no handler. */
export async function createApp({
  controllers,
  providers,
}: Pick<Wiring, 'controllers' | 'providers'>): Promise<NestFastifyApplication> {
  @Module({
    controllers,
    providers: [
      ...providers,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_INTERCEPTOR, useClass: ResponseShape },
    ],
  })
  class App {}

  const unhandled = routes.filter((route) => !handledRoutes.has(route.id)).map((route) => route.id);
  if (unhandled.length) throw new Error(`Routes without a handler: ${unhandled.join(', ')}`);
  const adapter = new FastifyAdapter({
    bodyLimit: 1_048_576,
    genReqId: () => v7(),
    forceCloseConnections: 'idle',
  });
  return NestFactory.create<NestFastifyApplication>(App, adapter, {
    rawBody: true,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}
