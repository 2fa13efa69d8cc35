import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { map } from 'rxjs';
import { routeOf } from './handle.js';

/** Answers pass through the contract too: what it does not name never leaves, and a wrong shape is an error of ours. */
@Injectable()
export class ResponseShape implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = routeOf(context);
    if (route?.responseType !== 'application/json') return next.handle();
    return next.handle().pipe(map((answer) => route.response.parse(answer)));
  }
}
