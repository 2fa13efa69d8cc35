import type { Client } from 'openapi-fetch';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.gen.js';

/** Every route of the API by its path; answers are `{ data }` or `{ error }` with a problem, never thrown. */
export type HalyardClient = Client<paths>;
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type Problem = Schema<'Problem'>;

export interface ClientOptions {
  /** Where Halyard runs, such as https://halyard.example.com. */
  url: string;
  /** A key of one organization … */
  apiKey?: string;
  /** … or the token that POST /auth/login gave. */
  token?: string;
  /** Which organization is meant, for people who are members of several. */
  organizationId?: string;
  fetch?: (request: Request) => Promise<Response>;
}

/** A typed client of one Halyard server. */
export function createHalyard({ url, apiKey, token, organizationId, fetch }: ClientOptions): HalyardClient {
  const headers: Record<string, string> = {};
  if (apiKey) headers['x-api-key'] = apiKey;
  if (token) headers.authorization = `Bearer ${token}`;
  if (organizationId) headers['x-organization-id'] = organizationId;
  return createClient<paths>({ baseUrl: url, headers, ...(fetch && { fetch }) });
}
