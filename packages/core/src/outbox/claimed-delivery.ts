import type { DeliveryId, EndpointId, OrgId } from '../ids.js';
import type { OutboxId } from './outbox-event.js';

/** A delivery that is due, leased to this process. */
export interface ClaimedDelivery {
  orgId: OrgId;
  id: DeliveryId;
  /** Tries so far, this one included. */
  tries: number;
  outbox: { id: OutboxId; type: string; payload: unknown; occurredAt: Date; trace: string | null };
  endpoint: { id: EndpointId; url: string; secrets: Buffer; keyId: string; failingSince: Date | null };
}
