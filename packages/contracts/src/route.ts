import { z } from 'zod';
import type { ProblemCode } from './problems.js';

/** Roles of members, each may do what those before it may. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What an API key may be allowed. A route names one; a key must hold it. */
export const scopes = [
  'contacts:read',
  'contacts:write',
  'events:write',
  'events:read',
  'bookings:read',
  'bookings:write',
  'academy:read',
  'academy:write',
  'outreach:read',
  'outreach:write',
  'flows:read',
  'flows:write',
  'campaigns:read',
  'campaigns:write',
  'templates:read',
  'templates:write',
  'messages:read',
  'messages:write',
  'connections:read',
  'connections:write',
  'alerts:read',
  'alerts:write',
  'webhooks:read',
  'webhooks:write',
  'organization:read',
  'organization:write',
] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who may call a route.
 * - `public`: anyone; the route proves by itself whom it serves (a signature, a token, a password).
 * - `signed_in`: any user, whatever organization.
 * - `api_key`: any API key, whatever its scopes; no person.
 * - otherwise a member of the organization with at least `role`, or an API key of it with `scope` (no scope: no key).
 */
export type Access = 'public' | 'signed_in' | 'api_key' | { role: Role; scope?: Scope };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RequestType = 'application/json' | 'form' | 'raw' | 'stream';
export type ResponseType =
  | 'application/json'
  | 'text/html'
  | 'text/csv'
  | 'text/plain'
  | 'application/x-ndjson'
  | 'text/event-stream'
  | 'image/gif';

/** One row of the route table: controllers, guards, the OpenAPI document and the client all come from it. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** operationId, unique: createBooking. */
  id: string;
  method: Method;
  /** With parameters as :id. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  params: P;
  query: Q;
  body: B;
  response: R;
  status: number;
  /** Problem codes beyond those every route can answer with. */
  errors: readonly ProblemCode[];
  /** Takes an Idempotency-Key: the stored answer is replayed. */
  idempotent: boolean;
  /** Adds to what is decided later: refused (429) while too much of the organization waits for that. */
  queues: boolean;
  /** `form`: as a browser posts it; `raw`: the bytes are kept for a signature; `stream`: the handler reads the request itself. */
  requestType: RequestType;
  responseType: ResponseType;
  /** Media types whose bodies reach the handler as they arrive: those of a `stream` route, or a `raw` one's large ones. */
  accepts?: readonly string[];
}

const nothing = z.object({});
const anyBody = z.unknown();

type Required = 'id' | 'method' | 'path' | 'tag' | 'summary' | 'access';
type Optional =
  | 'status'
  | 'errors'
  | 'idempotent'
  | 'queues'
  | 'requestType'
  | 'responseType'
  | 'accepts'
  | 'description';

/** Declares a route; what is left out is: no parameters, no body, 200, JSON. */
export const route = <
  R extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof anyBody,
>(
  declared: Pick<Route, Required> &
    Partial<Pick<Route, Optional>> & { response: R; params?: P; query?: Q; body?: B },
): Route<P, Q, B, R> =>
  ({
    status: 200,
    errors: [],
    idempotent: false,
    queues: false,
    requestType: 'application/json',
    responseType: 'application/json',
    params: nothing,
    query: nothing,
    body: anyBody,
    ...declared,
  }) as Route<P, Q, B, R>;

/** What a handler gets: parsed, defaults filled in. */
export type InputOf<T> =
  T extends Route<infer P, infer Q, infer B, infer _R>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never;

/** What a handler returns; it is parsed before it leaves, so unknown properties never do. */
export type OutputOf<T> = T extends Route<infer _P, infer _Q, infer _B, infer R> ? z.input<R> : never;

/** For routes that answer 204. */
export const noContent = z.undefined();
