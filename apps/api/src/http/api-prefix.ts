const prefix = '/api/';

/**
 * Every route answers at `/api/…` too: the dashboard lives on the same origin, and a proxy can tell both apart.
 * Fastify's `rewriteUrl`: what follows sees the address without the prefix.
 */
export const withoutPrefix = (url: string): string =>
  url.startsWith(prefix) ? url.slice(prefix.length - 1) : url;
