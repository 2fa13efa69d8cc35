import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { SecretBox } from '../connections/secret-box.js';
import { aadOf } from '../connections/secret-box.js';
import { RequestsUnderWay } from '../requests-under-way.js';
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

/** The Tell loop: posts what is due to endpoints, at least once. A process that dies leaves leases that expire. */
export class DeliverWebhooks {
  readonly #requests: RequestsUnderWay<ClaimedDelivery>;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly poster: WebhookPoster,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly watch: Watch,
    capacity = 200,
  ) {
    this.#requests = new RequestsUnderWay(
      { claim: (limit, now) => this.#claim(limit, now), nextDueAt: (now) => queue.nextDueAt(now) },
      (delivery) => this.#try(delivery),
      (delivery, error) => tellUnrecorded(watch, delivery, error),
      clock,
      capacity,
    );
  }

  /** One round of the loop: starts what is due and there is room for. */
  round(limit: number): Promise<Round> {
    return this.#requests.round(limit);
  }

  /** Waits until every request that is under way has ended and is recorded. */
  drain(): Promise<void> {
    return this.#requests.drain();
  }

  async #claim(limit: number, now: Date): Promise<ClaimedDelivery[]> {
    const claimed = await this.queue.claim(limit, now);
    if (claimed.length) crashPoint('delivery-claimed');
    return claimed;
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
