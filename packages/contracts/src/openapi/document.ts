import type { z } from 'zod';
import type { ProblemCode } from '../problems.js';
import { problems } from '../problems.js';
import type { Access, Route } from '../route.js';
import { Problem } from './problem.js';
import type { Json } from './schemas.js';
import { Schemas } from './schemas.js';

/** What is posted to endpoints: the types with the schema and an example of their `data`. */
type Webhooks = Record<string, { summary: string; data: z.ZodType; example: Record<string, unknown> }>;

const info = {
  title: 'Halyard',
  version: '0.1.0',
  description:
    'Decides who hears what, when and on which channel, delivers it, and can say why. Errors are problem details (RFC 9457) with a stable `code`; all codes are listed at [/docs/problems](/docs/problems).',
  license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
};

const securitySchemes = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A key of one organization.' },
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /auth/login.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'halyard.session_token',
    description: 'Set by POST /auth/login.',
  },
};

/** Makes the OpenAPI 3.1 document of the route table and of what is posted to endpoints. */
export function openApiDocument(routes: readonly Route[], webhooks: Webhooks = {}): Json {
  const schemas = new Schemas();
  schemas.collect(Problem, 'output');
  for (const route of routes) {
    schemas.collect(route.response, 'output');
    schemas.collect(route.params, 'input');
    schemas.collect(route.query, 'input');
    schemas.collect(route.body, 'input');
  }
  for (const { data } of Object.values(webhooks)) schemas.collect(data, 'output');

  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: [...new Set([...routes.map((route) => route.tag), 'Webhooks'])].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(
      Object.entries(webhooks).map(([type, webhook]) => [type, webhookItem(type, webhook, schemas)]),
    ),
    components: { schemas: schemas.components(), securitySchemes },
  };
}

function operation(route: Route, schemas: Schemas): Json {
  const described = [route.description, whoMayCall(route.access)].filter(Boolean).join('\n\n');
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: described,
    parameters: parameters(route, schemas),
    ...requestBody(route, schemas),
    responses: { [route.status]: success(route, schemas), ...failures(route, schemas) },
    security: security(route.access),
  };
}

function whoMayCall(access: Access): string {
  if (access === 'public') return '';
  if (access === 'signed_in') return 'For anyone who is signed in.';
  if (access === 'api_key') return 'For any API key, whatever its scopes.';
  const key = access.scope ? `, or an API key with the scope \`${access.scope}\`` : '';
  return `For members with the role ${access.role} or above${key}.`;
}

function security(access: Access): Json[] {
  if (access === 'public') return [];
  if (access === 'api_key') return [{ apiKey: [] }];
  const person = [{ bearer: [] }, { session: [] }];
  return typeof access === 'object' && access.scope ? [{ apiKey: [] }, ...person] : person;
}

function parameters(route: Route, schemas: Schemas): Json[] {
  const list = [
    ...parametersOf(route.params, 'path', schemas),
    ...parametersOf(route.query, 'query', schemas),
  ];
  if (typeof route.access === 'object')
    list.push({
      name: 'X-Organization-Id',
      in: 'header',
      description: 'Which organization is meant, for people who are members of several.',
      schema: { type: 'string', format: 'uuid' },
    });
  if (route.idempotent)
    list.push({
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'Repeating the request with the same key gives the first answer again, for a day at least.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    });
  return list;
}

function parametersOf(schema: z.ZodType, where: 'path' | 'query', schemas: Schemas): Json[] {
  const { properties = {}, required = [] } = schemas.of(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function requestBody(route: Route, schemas: Schemas): Json {
  if (route.method === 'GET') return {};
  if (route.requestType === 'stream') {
    const types = route.accepts ?? ['application/octet-stream'];
    return {
      requestBody: {
        required: true,
        content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
      },
    };
  }
  if (route.requestType === 'raw') return { requestBody: { content: { '*/*': { schema: {} } } } };
  const schema = schemas.of(route.body, 'input');
  if (Object.keys(schema).length === 0) return {};
  const type = route.requestType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return { requestBody: { required: true, content: { [type]: { schema } } } };
}

function success(route: Route, schemas: Schemas): Json {
  if (route.status === 204) return { description: 'Done' };
  const schema =
    route.responseType === 'application/json' ? schemas.of(route.response, 'output') : { type: 'string' };
  return { description: route.summary, content: { [route.responseType]: { schema } } };
}

function failures(route: Route, schemas: Schemas): Json {
  const codes = new Set<ProblemCode>(route.errors);
  if (route.access !== 'public') codes.add('unauthenticated').add('forbidden');
  if (route.path.includes(':')) codes.add('not_found');
  if (route.method !== 'GET')
    codes.add('malformed_body').add('invalid_request').add('unsupported_media_type');
  if (Object.keys((schemas.of(route.query, 'input').properties ?? {}) as Json).length)
    codes.add('invalid_request');
  if (route.idempotent) codes.add('idempotency_conflict').add('idempotency_in_progress');
  codes.add('rate_limited').add('internal_error').add('unavailable');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes)
    byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: schemas.of(Problem, 'output') } },
      },
    ]),
  );
}

const webhookItem = (type: string, { summary, data, example }: Webhooks[string], schemas: Schemas): Json => ({
  post: {
    operationId: `webhook.${type}`,
    tags: ['Webhooks'],
    summary,
    description:
      'Posted to the endpoints that ask for this type, signed by Standard Webhooks. New properties may be added at any time.',
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['type', 'timestamp', 'data'],
            properties: {
              type: { const: type },
              timestamp: { type: 'string', format: 'date-time', description: 'When it happened' },
              data: schemas.of(data, 'output'),
            },
          },
          example: { type, timestamp: '2026-05-01T08:00:00.000Z', data: example },
        },
      },
    },
    responses: { '2XX': { description: 'Taken. Any other answer is tried again.' } },
  },
});
