import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DashboardFile } from './dashboard-files.js';
import { serveMailFrame } from './mail-frame.js';

type Files = ReadonlyMap<string, DashboardFile>;

const languages = ['en', 'de'] as const;

/** Where links in account mails lead: to the pages of the dashboard, which say the same with more room. */
const accountPages: Record<string, string> = {
  password: 'reset-password',
  email: 'verify-email',
  invitation: 'invitation',
};

/**
 * Serves the dashboard on the API's own origin (ADR 11). Its addresses begin with a language, those of the API never
 * do; `/` leads to the language of the reader.
 */
export function serveDashboard(fastify: FastifyInstance, files: Files): void {
  fastify.get('/', async (request, reply) => reply.redirect(`/${languageOf(request)}${searchOf(request)}`));
  for (const address of ['/_next/*', '/icon.svg', ...languages.flatMap((one) => [`/${one}`, `/${one}/*`])])
    fastify.get(address, async (request, reply) => answer(request, reply, files));
  serveMailFrame(fastify);

  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET') return;
    const { kind = '' } = (request.params ?? {}) as { kind?: string };
    const page = request.routeOptions.url === '/auth/links/:kind' ? accountPages[kind] : undefined;
    if (page) return reply.redirect(`/${languageOf(request)}/${page}${searchOf(request)}`);
    if (request.is404 && request.headers['sec-fetch-mode'] === 'navigate')
      return notFound(request, reply, files);
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, files: Files): FastifyReply {
  const [path = ''] = request.url.split('?');
  const file = files.get(readable(path).replace(/(?<=.)\/$/, ''));
  return file ? send(request, reply, file) : notFound(request, reply, files);
}

/** Names of files hold characters such as `$` and `!`, which browsers may write as they like. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

function notFound(request: FastifyRequest, reply: FastifyReply, files: Files): FastifyReply {
  const inPath = languages.find((one) => request.url.startsWith(`/${one}/`));
  const page = files.get(`/${inPath ?? languageOf(request)}/not-found`);
  return page ? send(request, reply.status(404), page) : reply.status(404).send();
}

function send({ headers }: FastifyRequest, reply: FastifyReply, file: DashboardFile): FastifyReply {
  reply
    .type(file.type)
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (file.policy) reply.header('content-security-policy', file.policy);
  if (headers['if-none-match'] === file.etag && reply.statusCode === 200) return reply.status(304).send();
  const compressed = file.gzipped && /\bgzip\b/.test(headers['accept-encoding'] ?? '') ? file.gzipped : null;
  if (compressed) reply.header('content-encoding', 'gzip');
  return reply.send(compressed ?? file.body);
}

/** The language that was chosen in the dashboard, else the browser's. */
function languageOf({ headers }: FastifyRequest): string {
  const [, chosen] = /(?:^|; ?)halyard-language=(en|de)\b/.exec(headers.cookie ?? '') ?? [];
  if (chosen) return chosen;
  const [, preferred] = /\b(en|de)\b/.exec(headers['accept-language'] ?? '') ?? [];
  return preferred ?? 'en';
}

const searchOf = ({ url }: FastifyRequest): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
