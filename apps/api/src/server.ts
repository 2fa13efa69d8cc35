import type { Settings } from '@halyard/contracts/settings';
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
import type { OpenPlatform } from './platform.js';
import { openPlatform } from './platform.js';
import type { Wiring } from './wiring.js';
import { wire } from './wiring.js';

/** A running Halyard: what listens, and the loops beside it. */
export interface Server {
  /** Where it listens, such as http://127.0.0.1:4100. */
  url: string;
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
    const listener = settings.HALYARD_ROLES.includes('http')
      ? await listenForApi(platform, wiring)
      : await listenForOperations(platform);
    const loops = platform.worker ? wiring.loops : [];
    for (const loop of loops) {
      platform.report.expect(loop.name);
      loop.start();
    }
    const { services } = wiring;
    for (const service of services) await service.start();
    log.info(
      { url: listener.url, roles: settings.HALYARD_ROLES, loops: loops.map((loop) => loop.name) },
      'started',
    );
    return {
      url: listener.url,
      async stop() {
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

async function listenForApi(platform: OpenPlatform, wiring: Wiring): Promise<Listener> {
  const { settings, log } = platform;
  const app = await createApp(wiring, {
    log,
    trustedProxies: settings.TRUSTED_PROXIES,
    prepare: async (fastify) => {
      hookRequests(fastify, platform, settings.PUBLIC_URL?.startsWith('https:') ?? false);
      admitRequests(fastify, wiring.work);
      serveOperations(fastify, platform);
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

async function listenForOperations(platform: OpenPlatform): Promise<Listener> {
  const { settings, log } = platform;
  const fastify = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  hookRequests(fastify, platform, false);
  serveOperations(fastify, platform);
  const url = await fastify.listen({ port: settings.PORT, host: settings.HOST }).catch((error) => {
    throw listenFailure(error, settings.PORT, settings.HOST);
  });
  return { url, close: () => fastify.close() };
}
