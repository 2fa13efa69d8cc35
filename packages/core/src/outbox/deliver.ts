import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { SecretBox } from '../connections/secret-box.js';
import { aadOf } from '../connections/secret-box.js';
import type { Watch } from '../watch.js';
import type { AfterTry, PostOutcome } from './after-try.js';
import { afterTry } from './after-try.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import type { SigningSecret } from './sign-webhook.js';
import { signWebhook } from './sign-webhook.js';
import { spanOf, tellDelivery, tellUnrecorded } from './tell-deliveries.js';

/** Each call is one short transaction of the worker: none is open while a request is under way. */
export interface DeliveryQueue {
  /** Leases due deliveries, fair between organizations, few per endpoint. What an expired lease held is due again. */
  claim(limit: number, now: Date): Promise<ClaimedDelivery[]>;
  /** Records what became of a try; nothing when the lease was lost to another process meanwhile. */
  record(delivery: ClaimedDelivery, after: AfterTry, now: Date): Promise<void>;
  /** When the next delivery will be due that is not due yet. */
  nextDueAt(now: Date): Promise<Date | null>;
}

/** Posts to addresses that users gave: safe from reaching inside, capped in time and size. Never throws. */
export interface WebhookPoster {
  post(url: string, headers: Record<string, string>, body: string): Promise<PostOutcome>;
}

/**
 * The Tell loop: posts what is due to endpoints, at least once. Requests go on beside the loop, so that an endpoint that
 * answers slowly holds up nobody else; `capacity` bounds how many. A process that dies leaves leases that expire.
 */
export class DeliverWebhooks {
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly poster: WebhookPoster,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly watch: Watch,
    private readonly capacity = 200,
  ) {}

  /** One round of the loop: starts what is due and there is room for. */
  async round(limit: number): Promise<Round> {
    if (this.#underWay.size >= this.capacity) await Promise.race(this.#underWay);
    const room = Math.min(limit, this.capacity - this.#underWay.size);
    const now = this.clock.now();
    const claimed = await this.queue.claim(room, now);
    if (claimed.length) crashPoint('delivery-claimed');
    for (const delivery of claimed) this.#start(delivery);
    return { claimed: claimed.length, nextDueAt: await this.queue.nextDueAt(now) };
  }

  /** Waits until every request that is under way has ended and is recorded. */
  async drain(): Promise<void> {
    while (this.#underWay.size) await Promise.all(this.#underWay);
  }

  #start(delivery: ClaimedDelivery): void {
    const trying = this.#try(delivery)
      .catch((error: unknown) => tellUnrecorded(this.watch, delivery, error)) // the lease runs out and it is tried again
      .finally(() => this.#underWay.delete(trying));
    this.#underWay.add(trying);
  }

  async #try(delivery: ClaimedDelivery): Promise<void> {
    const { endpoint, outbox, orgId } = delivery;
    const secrets = JSON.parse(
      this.box.open(endpoint.secrets, endpoint.keyId, aadOf(orgId, endpoint.id)),
    ) as SigningSecret[];
    const body = webhookBody(outbox);
    const span = spanOf(this.watch.tracing, delivery);
    const trace = span?.traceparent ?? outbox.trace;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Halyard-Webhooks/1',
      ...signWebhook(outbox.id, body, secrets, this.clock.now()),
      ...(trace && { traceparent: trace }),
    };
    const outcome = await this.poster.post(endpoint.url, headers, body).finally(() => span?.end());
    crashPoint('receiver-answered');
    const now = this.clock.now();
    const after = afterTry(outcome, delivery.tries, endpoint.failingSince, now, Math.random());
    await this.queue.record(delivery, after, now);
    crashPoint('delivery-committed');
    tellDelivery(this.watch, delivery, after);
  }
}

/** The same bytes at every try. */
export const webhookBody = ({
  type,
  payload,
  occurredAt,
}: Pick<ClaimedDelivery['outbox'], 'type' | 'payload' | 'occurredAt'>): string =>
  JSON.stringify({ type, timestamp: occurredAt.toISOString(), data: payload });
