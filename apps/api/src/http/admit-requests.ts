import { routes } from '@halyard/contracts/routes';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFollowed } from './is-followed.js';
import type { WorkUnderWay } from './work-under-way.js';

/** Operators must be able to look at a process that is busy; and who listens for changes gives it nothing to do. */
const always = new Set([
  '/health',
  '/ready',
  '/metrics',
  ...routes.filter(isFollowed).map(({ path }) => path),
]);
/** Larger bodies are read as they arrive, and never lie in memory as a whole. */
const largestKept = 1_048_576;

/** Counts each request from its first byte until it is answered or hung up, and refuses what there is no room for. */
export function admitRequests(fastify: FastifyInstance, work: WorkUnderWay): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (always.has(request.routeOptions.url ?? '')) return;
    reply.raw.once('close', work.enter(bytesOf(request)));
  });
}

function bytesOf({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding']) return largestKept;
  return Math.min(Number(headers['content-length'] ?? 0) || 0, largestKept);
}
