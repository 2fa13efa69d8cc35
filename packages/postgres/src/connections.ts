import type { Channel } from '@halyard/contracts/primitives';
import type { AuditEntry } from '@halyard/core/actor';
import type {
  ConnectionChange,
  ConnectionStore,
  NewConnection,
  StoredConnection,
  TestResult,
} from '@halyard/core/connections/connection-store';
import { isPulled } from '@halyard/core/delivery/pulled';
import { awaitingClaim } from '@halyard/core/delivery/who-sends';
import { DomainError } from '@halyard/core/domain-error';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { isUniqueViolation } from './errors.js';
import { newestFirst } from './paging.js';
import { removeRow } from './remove-row.js';
import type { Connections } from './schema.gen.js';

export class PgConnectionStore implements ConnectionStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredConnection>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(tx.selectFrom('connections').selectAll().where('org_id', '=', orgId), page, toStored),
    );
  }

  find(orgId: OrgId, id: ConnectionId): Promise<StoredConnection | null> {
    return this.database.forOrg(orgId, (tx) => findConnection(tx, orgId, id));
  }

  insert(orgId: OrgId, connection: NewConnection, audit: AuditEntry): Promise<StoredConnection> {
    const { id, name, provider, channels, settings, sealed, secretNames, webhookToken, test } = connection;
    return this.database
      .forOrg(orgId, async (tx) => {
        const row = await tx
          .insertInto('connections')
          .values({
            org_id: orgId,
            id,
            name,
            provider,
            channels,
            settings: JSON.stringify(settings),
            secrets: sealed?.box ?? null,
            key_id: sealed?.keyId ?? null,
            secret_names: secretNames,
            webhook_token: webhookToken,
            priority: connection.priority,
            rate_per_second: connection.ratePerSecond,
            price: connection.price && JSON.stringify(connection.price),
            tested_at: test?.at ?? null,
            test_error: test?.error ?? null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toStored(row);
      })
      .catch(nameTaken);
  }

  update(
    orgId: OrgId,
    id: ConnectionId,
    change: ConnectionChange,
    audit: AuditEntry,
  ): Promise<StoredConnection | null> {
    return this.#change(orgId, id, columns(change), audit, change.restsOn).catch(nameTaken);
  }

  setStatus(
    orgId: OrgId,
    id: ConnectionId,
    status: StoredConnection['status'],
    audit: AuditEntry,
  ): Promise<StoredConnection | null> {
    const closed = {
      breaker_state: 'closed',
      breaker_failures: 0,
      breaker_retry_at: null,
      breaker_reason: null,
    };
    return this.#change(orgId, id, { status, ...(status === 'active' ? closed : {}) }, audit);
  }

  async recordTest(orgId: OrgId, id: ConnectionId, test: TestResult): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      tx
        .updateTable('connections')
        .set({ tested_at: test.at, test_error: test.error })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute(),
    );
  }

  remove(orgId: OrgId, id: ConnectionId, audit: AuditEntry): Promise<'removed' | 'missing'> {
    return this.database.forOrg(orgId, async (tx) => {
      const removed = await removeRow(tx, 'connections', orgId, id, audit);
      return removed ? 'removed' : 'missing';
    });
  }

  async findByWebhookToken(token: string): Promise<StoredConnection | null> {
    const named = await this.database.outside((db) =>
      sql<{
        org_id: OrgId;
        id: ConnectionId;
      }>`select org_id, id from connection_of_webhook(${token})`.execute(db),
    );
    const [connection] = named.rows;
    return connection ? this.find(connection.org_id, connection.id) : null;
  }

  #change(
    orgId: OrgId,
    id: ConnectionId,
    change: Updateable<Connections>,
    audit: AuditEntry,
    restsOn?: Date,
  ): Promise<StoredConnection | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (restsOn) await assertUnchanged(tx, orgId, id, restsOn);
      const row = await tx
        .updateTable('connections')
        .set({ ...change, updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      if (change.settings !== undefined) await wakeUnclaimed(tx, orgId, toStored(row));
      await appendAudit(tx, orgId, audit);
      return toStored(row);
    });
  }
}

/** Messages that waited to be claimed are looked at again at once: without a claimer they would be an hour later. */
async function wakeUnclaimed(tx: Tx, orgId: OrgId, connection: StoredConnection): Promise<void> {
  if (isPulled(connection)) return;
  await sql`
    update messages set due_at = least(due_at, planned_at)
    where org_id = ${orgId} and status = 'scheduled' and reason = ${awaitingClaim}`.execute(tx);
}

/** Locks the connection, so that it stays as it was. */
async function assertUnchanged(tx: Tx, orgId: OrgId, id: ConnectionId, since: Date): Promise<void> {
  const row = await tx
    .selectFrom('connections')
    .select('updated_at')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row && row.updated_at.getTime() !== since.getTime())
    throw new DomainError(
      'conflict',
      'The connection was changed meanwhile. Read it again, and repeat your change if it still fits.',
    );
}

async function findConnection(tx: Tx, orgId: OrgId, id: ConnectionId): Promise<StoredConnection | null> {
  const row = await tx
    .selectFrom('connections')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toStored(row) : null;
}

const columns = (change: ConnectionChange): Updateable<Connections> => ({
  name: change.name,
  channels: change.channels,
  settings: change.settings && JSON.stringify(change.settings),
  priority: change.priority,
  rate_per_second: change.ratePerSecond,
  price: change.price && JSON.stringify(change.price),
  ...(change.secrets
    ? {
        secrets: change.secrets.sealed?.box ?? null,
        key_id: change.secrets.sealed?.keyId ?? null,
        secret_names: change.secrets.names,
      }
    : {}),
  ...(change.test ? { tested_at: change.test.at, test_error: change.test.error } : {}),
});

const toStored = (row: Selectable<Connections>): StoredConnection => ({
  id: row.id as ConnectionId,
  orgId: row.org_id as OrgId,
  name: row.name,
  provider: row.provider,
  channels: row.channels as Channel[],
  settings: row.settings as Record<string, unknown>,
  sealed: row.secrets && row.key_id ? { box: row.secrets, keyId: row.key_id } : null,
  secretNames: row.secret_names,
  webhookToken: row.webhook_token,
  priority: row.priority,
  ratePerSecond: row.rate_per_second,
  price: row.price as StoredConnection['price'],
  status: row.status as StoredConnection['status'],
  breaker: {
    state: row.breaker_state as StoredConnection['breaker']['state'],
    failures: row.breaker_failures,
    retryAt: row.breaker_retry_at,
    reason: row.breaker_reason,
  },
  testedAt: row.tested_at,
  testError: row.test_error,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

function nameTaken(error: unknown): never {
  if (isUniqueViolation(error, 'connections_org_id_name_key'))
    throw new DomainError('conflict', 'Another connection has this name. Use a name of its own.');
  throw error;
}
