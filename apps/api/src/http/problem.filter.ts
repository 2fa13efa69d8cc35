import { problems } from '@halyard/contracts/problems';
import { RateLimited } from '@halyard/core/access/rate-limited';
import { TwoFactorRequired } from '@halyard/core/access/two-factor-required';
import { DomainError } from '@halyard/core/domain-error';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseError } from 'pg';
import { allowedMethods } from './allowed-methods.js';
import type { Problem } from './database-problem.js';
import { databaseProblem } from './database-problem.js';

/** Turns whatever was thrown into problem details (RFC 9457). What is our own fault is logged here, once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const allowed = error instanceof NotFoundException ? allowedMethods(request.url) : [];
    const { code, detail, issues } = allowed.length ? wrongMethod(allowed) : problemOf(error);
    const { status, title } = problems[code];
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    else if (error instanceof DatabaseError) request.log.warn({ err: error }, 'a value cannot be stored');
    const body = {
      type: `/docs/problems#${code}`,
      title,
      status,
      detail,
      code,
      instance: request.url.split('?')[0],
      request_id: request.id,
      errors: issues,
      challenge: error instanceof TwoFactorRequired ? error.challenge : undefined,
    };
    const reply = http.getResponse<FastifyReply>();
    if (allowed.length) reply.header('allow', allowed.join(', '));
    if (code === 'rate_limited' || code === 'unavailable')
      reply.header('retry-after', error instanceof RateLimited ? error.retryAfterSeconds : 1);
    void reply.status(status).type('application/problem+json').send(JSON.stringify(body));
  }
}

const wrongMethod = (allowed: readonly string[]): Problem => ({
  code: 'method_not_allowed',
  detail: `Call this address with ${allowed.join(' or ')}.`,
});

function problemOf(error: unknown): Problem {
  if (error instanceof DomainError)
    return {
      code: error.code,
      detail: error.message,
      issues: error.issues.length ? error.issues : undefined,
    };
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: unknown }).statusCode);
  const detail = error instanceof Error ? error.message : '';
  switch (status) {
    case 400:
      return { code: 'malformed_body', detail };
    case 401:
      return { code: 'unauthenticated', detail };
    case 403:
      return { code: 'forbidden', detail: 'This may not be called.' };
    case 404:
      return { code: 'not_found', detail: 'There is nothing at this address.' };
    case 413:
      return { code: 'payload_too_large', detail };
    case 415:
      return {
        code: 'unsupported_media_type',
        detail:
          'Send the body as one of the types that the documentation of this route names, mostly with Content-Type: application/json.',
      };
    case 429:
      return { code: 'rate_limited', detail };
    default:
      return (
        databaseProblem(error) ?? {
          code: 'internal_error',
          detail:
            'Nothing is known to be wrong with your request. Quote the request_id when you report this.',
        }
      );
  }
}
