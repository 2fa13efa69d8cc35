import { timingSafeEqual } from 'node:crypto';
import { pendingMigrations } from '@halyard/postgres/migrate';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenPlatform } from '../platform.js';
import { serveBackups } from './backup-routes.js';
import type { Standstill } from './standstill.js';
import { standsStillSentence } from './standstill.js';

/**
 * For whoever keeps the process running, in every role: /health says that it lives, /ready that it can work,
 * /metrics what it did, /backups makes them. They are no part of the API and need no sign-in; /metrics is for this machine
 * only, unless a token is set, and /backups always goes by one.
 */
export function serveOperations(
  fastify: FastifyInstance,
  platform: OpenPlatform,
  standstill: Standstill,
): void {
  fastify.get('/health', async (_request, reply) => reply.send({ status: 'ok' }));

  fastify.get('/ready', async (_request, reply) => {
    const checks = await readiness(platform);
    const ready = Object.values(checks).every((check) => check === 'ok');
    const warnings = warningsOf(platform, standstill);
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ok' : 'not ready', checks, ...(warnings.length && { warnings }) });
  });

  fastify.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, platform.settings.METRICS_TOKEN)) return reply.status(404).send();
    return reply.type(platform.metrics.contentType).send(await platform.metrics.text());
  });

  serveBackups(fastify, platform);
}

async function readiness(platform: OpenPlatform): Promise<Record<string, string>> {
  const checks: Record<string, string> = { database: 'ok', migrations: 'ok', loops: 'ok' };
  try {
    const pending = await pendingMigrations(platform.app.pool);
    if (pending.length) checks.migrations = `${pending.length} missing; run: halyard migrate`;
  } catch (error) {
    platform.log.warn({ err: error }, 'the database did not answer the readiness check');
    checks.database = 'not reachable';
    checks.migrations = 'unknown';
  }
  const troubles = platform.report.troubles();
  if (troubles.length) checks.loops = `${troubles.join('; ')}; the log says why`;
  return checks;
}

const toleratedMs = 5_000;

/** What does not keep this process from working, and should be mended all the same. */
function warningsOf({ machineAheadMs }: OpenPlatform, { since }: Standstill): string[] {
  const warnings = since ? [standsStillSentence(since)] : [];
  const ahead = machineAheadMs();
  if (Math.abs(ahead) < toleratedMs) return warnings;
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  return [
    ...warnings,
    `This machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the database's. Messages go by the database's, signing in does not: run NTP on both.`,
  ];
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  // A proxy on this machine also comes from loopback; it names the client that it stands for.
  if (!token) return loopback.has(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for'];
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
