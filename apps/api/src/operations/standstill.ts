import { messageRoutes } from '@halyard/contracts/messages/routes';
import { deliveryRoutes } from '@halyard/contracts/outbox/routes';
import { reviewRoutes } from '@halyard/contracts/review/routes';
import { standsStillSince } from '@halyard/postgres/backup/standstill';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';
import { refuse } from './backup-routes.js';

/** What an operator is told while nothing goes out. */
export const standsStillSentence = (taken: Date): string =>
  `Restored from the backup of ${taken.toISOString()}: nothing goes out and services are refused, until: halyard release`;

/** Whether this installation was restored and is not released: then no loop runs, so nothing goes out by itself. */
export class Standstill {
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly log: Logger,
    /** When the backup was taken; null when everything goes its way. */
    public since: Date | null,
  ) {}

  static async look(pool: pg.Pool, log: Logger): Promise<Standstill> {
    return new Standstill(pool, log, await standsStillSince(pool));
  }

  /** Calls `then` at once, or within seconds of the release. */
  async whenReleased(then: () => Promise<void>): Promise<void> {
    if (!this.since) return then();
    this.log.warn(standsStillSentence(this.since));
    this.#timer = setInterval(() => void this.#lookAgain(then), 2_000);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #lookAgain(then: () => Promise<void>): Promise<void> {
    try {
      if (!this.since || (await standsStillSince(this.pool))) return;
      this.since = null;
      this.stop();
      await then();
    } catch (error) {
      this.log.error({ err: error }, 'going on after a restore failed; restart this process');
    }
  }
}

/** What puts something back to work: the release would hold it once more, as it was due before the release. */
const repeating = new Set<string>(
  [
    reviewRoutes.replay,
    reviewRoutes.replayAll,
    messageRoutes.retry,
    deliveryRoutes.replay,
    deliveryRoutes.replaySince,
  ].map(({ path }) => path),
);

/**
 * Refuses what services send, who repeat it later: an answer would be lost if the restore is thrown away, and a claim or a permit
 * lets somebody else send. People may look and mend, but repeat nothing yet; unsubscribing and providers' reports go their way.
 */
export function refuseWhileStanding(fastify: FastifyInstance, standstill: Standstill): void {
  fastify.addHook('onRequest', async ({ method, headers, url, routeOptions }, reply) => {
    if (!standstill.since || method === 'GET' || method === 'HEAD') return;
    const byService =
      headers['x-api-key'] !== undefined ||
      headers.authorization?.startsWith('Bearer hal_') ||
      url.startsWith('/hooks/in/');
    if (byService)
      return refuse(reply.header('retry-after', 60), 'unavailable', standsStillSentence(standstill.since));
    if (repeating.has(routeOptions.url ?? ''))
      return refuse(
        reply,
        'invalid_state',
        'A restored installation repeats nothing before its release has ended. Finish it first: halyard release',
      );
  });
}
