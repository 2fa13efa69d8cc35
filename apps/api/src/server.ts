import type { Settings } from '@halyard/contracts/settings';
import type { ClaimLoop } from '@halyard/core/claim-loop';
import type { FastifyBaseLogger } from 'fastify';
import Fastify, { LogController } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { readDashboard } from './dashboard/dashboard-files.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { admitRequests } from './http/admit-requests.js';
import { listenFailure } from './http/listen-failure.js';
import { serveDocs } from './openapi/docs-routes.js';
import { serveOperations } from './operations/operations-routes.js';
import { hookRequests } from './operations/request-hooks.js';
import { refuseWhileStanding, Standstill } from './operations/standstill.js';
import type { OpenPlatform } from './platform.js';
import { openPlatform } from './platform.js';
import type { Service } from './service.js';
import type { Wiring } from './wiring.js';
import { wire } from './wiring.js';

/** A running Halyard: what listens, and the loops beside it. */
export interface Server {
  /** Where it listens, such as http://127.0.0.1:4100. */
  url: string;
  /** When the backup was taken that it was restored from, if it did not go on yet when it started. */
  standsStillSince: Date | null;
  /** Takes no more requests, lets requests and rounds of loops that are under way end, closes what was opened. */
  stop(): Promise<void>;
}

/**
 * Starts the roles that the settings name. A process that is a worker only still answers /health, /ready and /metrics.
 * Throws a `StartFailure` or a `DatabaseUnusable`, whose message says what to do, when the surroundings do not allow it.
 * `task`: what processes of tasks run; tests run it from the sources.
 */
export async function startServer(settings: Settings, log: Logger, task?: URL): Promise<Server> {
  const platform = await openPlatform(settings, log);
  try {
    const wiring = wire(platform, task);
    const standstill = await Standstill.look(platform.app.pool, log);
    const listener = settings.HALYARD_ROLES.includes('http')
      ? await listenForApi(platform, wiring, standstill)
      : await listenForOperations(platform, standstill);
    const loops: ClaimLoop[] = [];
    const services: Service[] = [];
    let begun: Promise<void> = Promise.resolve();
    const begin = async () => {
      for (const loop of platform.worker ? wiring.loops : []) {
        platform.report.expect(loop.name);
        loop.start();
        loops.push(loop);
      }
      for (const service of wiring.services) {
        services.push(service);
        await service.start();
      }
    };
    await standstill.whenReleased(() => {
      begun = begin();
      return begun;
    });
    log.info(
      { url: listener.url, roles: settings.HALYARD_ROLES, loops: loops.map((loop) => loop.name) },
      'started',
    );
    return {
      url: listener.url,
      standsStillSince: standstill.since,
      async stop() {
        standstill.stop();
        await begun;
        await listener.close();
        await Promise.all(loops.map((loop) => loop.stop()));
        await Promise.all(services.map((service) => service.stop()));
        await platform.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

interface Listener {
  url: string;
  close(): Promise<void>;
}

async function listenForApi(
  platform: OpenPlatform,
  wiring: Wiring,
  standstill: Standstill,
): Promise<Listener> {
  const { settings, log } = platform;
  const app = await createApp(wiring, {
    log,
    trustedProxies: settings.TRUSTED_PROXIES,
    prepare: async (fastify) => {
      hookRequests(fastify, platform, settings.PUBLIC_URL?.startsWith('https:') ?? false);
      admitRequests(fastify, wiring.work);
      refuseWhileStanding(fastify, standstill);
      serveOperations(fastify, platform, standstill);
      await serveDocs(fastify);
      if (settings.HALYARD_DASHBOARD_DIR)
        serveDashboard(fastify, await readDashboard(settings.HALYARD_DASHBOARD_DIR));
      else fastify.get('/', async (_request, reply) => reply.redirect('/docs'));
    },
  });
  await app.listen(settings.PORT, settings.HOST).catch((error) => {
    throw listenFailure(error, settings.PORT, settings.HOST);
  });
  return { url: await app.getUrl(), close: () => app.close() };
}

async function listenForOperations(platform: OpenPlatform, standstill: Standstill): Promise<Listener> {
  const { settings, log } = platform;
  const fastify = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  hookRequests(fastify, platform, false);
  serveOperations(fastify, platform, standstill);
  const url = await fastify.listen({ port: settings.PORT, host: settings.HOST }).catch((error) => {
    throw listenFailure(error, settings.PORT, settings.HOST);
  });
  return { url, close: () => fastify.close() };
}
