import type { NewConnection } from '@halyard/core/connections/connection-store';
import type { ConnectionId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';

/** A sandbox connection to be inserted; unique in name and token. */
export function newConnection(more: Partial<NewConnection> = {}): NewConnection {
  const id = randomIds<ConnectionId>();
  return {
    id,
    name: `Sandbox ${id}`,
    provider: 'sandbox',
    channels: ['email', 'sms'],
    settings: { behaviour: 'deliver' },
    sealed: null,
    secretNames: [],
    webhookToken: `token-${id}`,
    priority: 100,
    ratePerSecond: null,
    price: null,
    test: null,
    ...more,
  };
}
