import type { FastifyInstance } from 'fastify';

/**
 * An empty document that pages of the dashboard show in a frame and write mail into. A frame that a page fills by
 * `srcdoc` has the policy of that page, under which the inline styles that all mail is made of do not count. Here they
 * do, images may come from anywhere, and no script runs.
 */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline' https:",
  'img-src https: http: data:',
  'font-src https: data:',
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'sandbox allow-same-origin',
].join('; ');

const page =
  '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail</title>';

/** Serves the frame at `/mail-frame`. */
export function serveMailFrame(fastify: FastifyInstance): void {
  fastify.get('/mail-frame', async (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('cache-control', 'no-cache')
      .send(page),
  );
}
