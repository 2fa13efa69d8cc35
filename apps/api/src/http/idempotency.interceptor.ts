import { Idempotency } from '@halyard/core/idempotency/idempotency';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { firstValueFrom, from } from 'rxjs';
import { requestOf, routeOf } from './handle.js';

/** Honours the header Idempotency-Key on the routes that say so; a stored answer comes with Idempotency-Replayed. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(Idempotency) private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = routeOf(context);
    const request = requestOf(context);
    const key = request.headers['idempotency-key'];
    const orgId = request.caller?.orgId;
    if (!route?.idempotent || key === undefined || !orgId) return next.handle();
    const keyed = { key: String(key), route: route.id, url: request.url, body: request.body };
    const answering = this.idempotency
      .answer(orgId, keyed, async () => ({
        status: route.status,
        body: await firstValueFrom(next.handle(), { defaultValue: undefined }),
      }))
      .then(({ answer, replayed }) => {
        if (replayed)
          context.switchToHttp().getResponse<FastifyReply>().header('idempotency-replayed', 'true');
        return answer.body ?? undefined;
      });
    return from(answering);
  }
}
