import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel } from '@halyard/contracts/primitives';
import type { ReleaseConnection, ReleaseOrganization } from '@halyard/core/delivery/candidate';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** Organizations as release sees them, with their active connections by priority: two queries for any number. */
export async function loadOrganizations(
  tx: Tx,
  orgIds: readonly OrgId[],
): Promise<Map<OrgId, ReleaseOrganization>> {
  const { rows } = await sql<SettingsRow>`
    select org_id, name, time_zone, locale, country, postal_address, website, policy
    from organization_settings where org_id = any (${orgIds}::uuid[])`.execute(tx);
  const connections = Map.groupBy(await loadConnections(tx, orgIds), ({ orgId }) => orgId);
  return new Map(
    rows.map((row) => [
      row.org_id,
      {
        orgId: row.org_id,
        name: row.name,
        timeZone: row.time_zone,
        locale: row.locale,
        country: row.country,
        postalAddress: row.postal_address,
        website: row.website,
        policy: policyOf(row.policy),
        connections: connections.get(row.org_id) ?? [],
      },
    ]),
  );
}

interface SettingsRow {
  org_id: OrgId;
  name: string;
  time_zone: string;
  locale: string;
  country: string | null;
  postal_address: string | null;
  website: string | null;
  policy: unknown;
}

/** Missing keys take their defaults; parsing is remembered, as policies are many messages' and seldom change. */
function policyOf(stored: unknown): OrganizationPolicy {
  const key = JSON.stringify(stored);
  const known = policies.get(key);
  if (known) return known;
  const policy = OrganizationPolicy.parse(stored);
  if (policies.size > 1_000) policies.clear();
  policies.set(key, policy);
  return policy;
}
const policies = new Map<string, OrganizationPolicy>();

async function loadConnections(tx: Tx, orgIds: readonly OrgId[]): Promise<ReleaseConnection[]> {
  const { rows } = await sql<ConnectionRow>`
    select org_id, id, name, provider, channels, priority, settings, secrets, key_id, webhook_token, rate_per_second,
      breaker_state, breaker_failures, breaker_retry_at, breaker_reason
    from connections where org_id = any (${orgIds}::uuid[]) and status = 'active'
    order by org_id, priority, id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    orgId: row.org_id,
    name: row.name,
    provider: row.provider,
    channels: row.channels,
    priority: row.priority,
    settings: row.settings,
    webhookToken: row.webhook_token,
    sealed: row.secrets && row.key_id ? { box: row.secrets, keyId: row.key_id } : null,
    ratePerSecond: row.rate_per_second,
    breaker: {
      state: row.breaker_state,
      failures: row.breaker_failures,
      retryAt: row.breaker_retry_at,
      reason: row.breaker_reason,
    },
  }));
}

interface ConnectionRow {
  org_id: OrgId;
  id: ConnectionId;
  name: string;
  provider: string;
  channels: Channel[];
  priority: number;
  settings: Record<string, unknown>;
  secrets: Buffer | null;
  webhook_token: string;
  key_id: string | null;
  rate_per_second: number | null;
  breaker_state: 'closed' | 'open' | 'half_open';
  breaker_failures: number;
  breaker_retry_at: Date | null;
  breaker_reason: string | null;
}
