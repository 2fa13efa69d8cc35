import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openApiDocument } from '@halyard/contracts/openapi/document';
import { routes } from '@halyard/contracts/routes';
import { webhookEvents } from '@halyard/contracts/webhooks/events';
import type { FastifyInstance } from 'fastify';
import { problemsPage } from './problems-page.js';

/** All from this server: neither scripts nor fonts nor requests of other hosts. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Halyard API</title><link rel="icon" href="data:,"></head>
<body><div id="app"></div><script src="/docs/scalar.js"></script><script src="/docs/init.js"></script></body>
</html>
`;

const init = `Scalar.createApiReference('#app', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});
`;

/** The API's description for programs (/openapi.json) and for people (/docs, /docs/problems). */
export async function serveDocs(fastify: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openApiDocument(routes, webhookEvents));
  const scalar = await readFile(scalarFile());
  const problems = problemsPage();
  const html = (text: string, type = 'text/html') => ({ text, type: `${type}; charset=utf-8` });
  const pages = {
    '/docs': html(page),
    '/docs/init.js': html(init, 'text/javascript'),
    '/docs/problems': html(problems),
  };
  fastify.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  fastify.get('/docs/scalar.js', async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(scalar),
  );
  for (const [path, { text, type }] of Object.entries(pages))
    fastify.get(path, async (_request, reply) =>
      reply.type(type).header('content-security-policy', policy).send(text),
    );
}

function scalarFile(): string {
  const entry = createRequire(import.meta.url).resolve('@scalar/api-reference');
  return join(entry.slice(0, entry.lastIndexOf('/dist/')), 'dist/browser/standalone.js');
}
