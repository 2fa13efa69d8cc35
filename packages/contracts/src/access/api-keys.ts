import { z } from 'zod';
import { IdParams, Instant } from '../primitives.js';
import { noContent, route, scopes } from '../route.js';

export const ApiKeyInput = z
  .strictObject({
    name: z.string().min(1).max(100),
    scopes: z.array(z.enum(scopes)).min(1, 'Name at least one scope.'),
    expires_at: Instant.nullable().default(null),
  })
  .meta({ id: 'ApiKeyInput' });
export type ApiKeyInput = z.output<typeof ApiKeyInput>;

const shown = {
  id: z.uuid(),
  name: z.string(),
  /** The beginning of the key, to tell it by. */
  start: z.string(),
  scopes: z.array(z.enum(scopes)),
  created_at: Instant,
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
};
export const ApiKey = z.object(shown).meta({ id: 'ApiKey' });
export type ApiKey = z.output<typeof ApiKey>;

/** A key as it is made: the only time that the key itself is shown. */
export const NewApiKey = z.object({ ...shown, key: z.string() }).meta({ id: 'NewApiKey' });
export type NewApiKey = z.output<typeof NewApiKey>;

const tag = 'API keys';

export const apiKeyRoutes = {
  list: route({
    id: 'listApiKeys',
    method: 'GET',
    path: '/api-keys',
    tag,
    summary: 'List the API keys that are not revoked',
    access: { role: 'admin' },
    response: z.object({ items: z.array(ApiKey) }),
  }),
  readCurrent: route({
    id: 'readCurrentApiKey',
    method: 'GET',
    path: '/api-keys/current',
    tag,
    summary: 'What this API key is: its scopes, and when it expires',
    access: 'api_key',
    response: ApiKey,
  }),
  create: route({
    id: 'createApiKey',
    method: 'POST',
    path: '/api-keys',
    tag,
    summary: 'Create an API key; it is shown this once',
    access: { role: 'admin' },
    body: ApiKeyInput,
    response: NewApiKey,
    status: 201,
  }),
  revoke: route({
    id: 'revokeApiKey',
    method: 'DELETE',
    path: '/api-keys/:id',
    tag,
    summary: 'Revoke an API key',
    description: 'Works within ten seconds in every process.',
    access: { role: 'admin' },
    params: IdParams,
    response: noContent,
    status: 204,
  }),
};
