import type { InputOf, OutputOf, Route } from '@halyard/contracts/route';
import { tellMissing } from '@halyard/contracts/tell-missing';
import { DomainError } from '@halyard/core/domain-error';
import type { ExecutionContext } from '@nestjs/common';
import {
  applyDecorators,
  createParamDecorator,
  Header,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller, KeyPrincipal, Principal, UserPrincipal } from './caller.js';

const ROUTE = Symbol('route');
const reflector = new Reflector();

export type AuthenticatedRequest = FastifyRequest & { principal?: Principal; caller?: Caller };

/** Route ids that have a handler; start-up compares them with the route table. */
export const handledRoutes = new Set<string>();

/**
 * Binds a method to a row of the route table: method, path, status and content type come from there, and the compiler
 * holds the method to the route's input and output.
 */
export const Handle =
  <T extends Route>(route: T) =>
  <F extends (input: InputOf<T>, ...rest: never[]) => Promise<OutputOf<T>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    handledRoutes.add(route.id);
    const decorators = [
      RequestMapping({ method: RequestMethod[route.method], path: route.path }),
      HttpCode(route.status),
      SetMetadata(ROUTE, route),
    ];
    if (route.responseType !== 'application/json')
      decorators.push(Header('content-type', `${route.responseType}; charset=utf-8`));
    applyDecorators(...decorators)(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };

export const routeOf = (context: ExecutionContext): Route | undefined =>
  reflector.get<Route | undefined>(ROUTE, context.getHandler());

export const requestOf = (context: ExecutionContext): AuthenticatedRequest =>
  context.switchToHttp().getRequest<AuthenticatedRequest>();

/** The parsed parameters, query and body of the route. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = routeOf(context);
  if (!route) throw new Error('Input() needs @Handle() on the method.');
  const request = requestOf(context);
  if (route.requestType === 'application/json') assertJson(request);
  return {
    params: parse(route.params, request.params, 'path'),
    query: parse(closed(route), request.query, 'query'),
    body: isParsed(route) ? parse(route.body, request.body, 'body') : request.body,
  };
});

const isParsed = ({ requestType }: Route): boolean =>
  requestType === 'application/json' || requestType === 'form';

/** A form is not JSON, however alike what a parser makes of them: numbers would be texts. */
function assertJson({ body, headers }: FastifyRequest): void {
  if (body === undefined || body === null || body === '') return;
  if (/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return;
  throw new DomainError(
    'unsupported_media_type',
    'Send the body as JSON, with Content-Type: application/json.',
  );
}

/** A body as the route has it; `invalid_request` says where it is not. For bodies that come by another route. */
export const parseBody = <T extends Route>(route: T, body: unknown): InputOf<T>['body'] =>
  parse(route.body, body, 'body') as InputOf<T>['body'];

/** Who calls, in which organization. Only on routes whose access is a role. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { caller } = requestOf(context);
  if (!caller) throw new Error('Who() needs a route whose access is a role.');
  return caller;
});

/** The API key that calls. Only on routes whose access is `api_key`. */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): KeyPrincipal => {
  const { principal } = requestOf(context);
  if (principal?.kind !== 'api_key') throw new Error('Key() needs a route whose access is api_key.');
  return principal;
});

/** The signed-in user. Only on routes whose access is `signed_in`. */
export const Person = createParamDecorator((_: unknown, context: ExecutionContext): UserPrincipal => {
  const { principal } = requestOf(context);
  if (principal?.kind !== 'user') throw new Error('Person() needs a route whose access is signed_in.');
  return principal;
});

/**
 * A filter that is not known must not answer with everything, as if it had been applied. Links in messages take what
 * mail programs and their servers add to them.
 */
function closed(route: Route): z.ZodType {
  const { query, access } = route;
  const made =
    closedQueries.get(route) ??
    (access !== 'public' && query instanceof z.ZodObject ? query.strict() : query);
  closedQueries.set(route, made);
  return made;
}

/** Made once: a new schema is compiled again at its first use. */
const closedQueries = new WeakMap<Route, z.ZodType>();

/** More levels than anybody needs, and fewer than recursive code survives. */
const deepest = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  if (isDeeper(value, deepest))
    throw new DomainError('invalid_request', `The ${where} is nested more than ${deepest} levels deep.`);
  const result = schema.safeParse(value ?? {}, { error: tellMissing });
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    path: [where, ...issue.path].join('.'),
    message: issue.message,
  }));
  const first = issues[0];
  // A path parameter that is no id names nothing: the same answer as for an id that does not exist.
  if (where === 'path') throw new DomainError('not_found', 'There is nothing at this address.');
  throw new DomainError(
    'invalid_request',
    first ? `${first.path}: ${first.message}` : 'The request does not have the expected shape.',
    issues,
  );
}
