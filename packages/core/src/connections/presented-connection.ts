import type { Connection } from '@halyard/contracts/connections/routes';
import type { StoredConnection } from './connection-store.js';
import { webhookUrlOf } from './webhook-url.js';

/** What the API shows: names of secrets, never their values. */
export const toConnection = (stored: StoredConnection, publicUrl: string, receives: boolean): Connection => ({
  id: stored.id,
  name: stored.name,
  provider: stored.provider as Connection['provider'],
  channels: stored.channels,
  settings: stored.settings as Connection['settings'],
  secrets_set: stored.secretNames,
  priority: stored.priority,
  rate_per_second: stored.ratePerSecond,
  price: stored.price,
  status: stored.status,
  breaker: {
    state: stored.breaker.state,
    failures: stored.breaker.failures,
    retry_at: stored.breaker.retryAt?.toISOString() ?? null,
    reason: stored.breaker.reason,
  },
  webhook_url: receives ? webhookUrlOf(publicUrl, stored.webhookToken) : null,
  tested_at: stored.testedAt?.toISOString() ?? null,
  test_error: stored.testError,
  created_at: stored.createdAt.toISOString(),
  updated_at: stored.updatedAt.toISOString(),
});
