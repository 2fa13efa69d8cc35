import { HttpWebhookPoster } from '@halyard/channels/http/post-webhook';
import { safeAgent } from '@halyard/channels/http/safe-agent';
import { PublicUrlCheck } from '@halyard/channels/http/url-check';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { SecretBox } from '@halyard/core/connections/secret-box';
import { DeliverWebhooks } from '@halyard/core/outbox/deliver';
import { Deliveries } from '@halyard/core/outbox/deliveries';
import { Endpoints } from '@halyard/core/outbox/endpoints';
import { PgDeliveryStore } from '@halyard/postgres/deliveries';
import { PgDeliveryQueue } from '@halyard/postgres/delivery-queue';
import { PgEndpointStore } from '@halyard/postgres/endpoints';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { EndpointsController } from './endpoints.controller.js';

/** Endpoints of organizations, and the loop that tells them what happened. */
export function wireOutbox(platform: Platform) {
  const { settings, app, worker, wakeups, clock, report } = platform;
  const allowPrivate = settings.HALYARD_ALLOW_PRIVATE_ADDRESSES;
  const box = new SecretBox(settings.HALYARD_ENCRYPTION_KEYS);
  const urls = new PublicUrlCheck(allowPrivate);
  const deliver =
    worker &&
    new DeliverWebhooks(
      new PgDeliveryQueue(worker),
      new HttpWebhookPoster(safeAgent({ allowPrivate })),
      box,
      clock,
      platform,
    );
  return {
    controllers: [EndpointsController],
    providers: [
      bind(new Endpoints(new PgEndpointStore(app), box, urls, wakeups, clock)),
      bind(new Deliveries(new PgDeliveryStore(app), wakeups)),
    ],
    loops: deliver
      ? [
          new ClaimLoop({
            name: 'tell',
            kind: 'outbox',
            work: (limit) => deliver.round(limit),
            wakeups,
            clock,
            report,
            restMs: 50, // whatever happens wakes it, and few organizations have endpoints
          }),
        ]
      : [],
    services: deliver ? [{ start: async () => {}, stop: () => deliver.drain() }] : [],
  };
}
