import type { ConnectionId, OrgId } from '../ids.js';

/** What an n8n answered. */
export type Pulse = { healthy: true } | { healthy: false; detail: string };

/** Asks an address that a user gave: guarded as webhooks are, and never throws. */
export interface PulseProbe {
  probe(url: string): Promise<Pulse>;
}

export interface WatchedN8n {
  connectionId: ConnectionId;
  baseUrl: string;
}

/** Each call is one short transaction: none is open while somebody is asked. */
export interface HealthStore {
  /** Active ones that were not asked since. */
  connections(orgId: OrgId, before: Date): Promise<WatchedN8n[]>;
  record(
    orgId: OrgId,
    pulses: readonly { connectionId: ConnectionId; pulse: Pulse }[],
    now: Date,
  ): Promise<void>;
}

/** n8n answers there as soon as it runs. */
export const healthUrl = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}/healthz`;
