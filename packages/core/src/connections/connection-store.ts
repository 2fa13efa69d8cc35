import type { Connection } from '@halyard/contracts/connections/routes';
import type { AuditEntry } from '../actor.js';
import type { Breaker } from '../delivery/breaker.js';
import type { ConnectionId, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { SealedConnection } from './open-connection.js';
import type { Sealed } from './secret-box.js';

/** A connection as the database has it. */
export interface StoredConnection extends SealedConnection {
  secretNames: string[];
  webhookToken: string;
  priority: number;
  ratePerSecond: number | null;
  price: Connection['price'];
  status: Connection['status'];
  breaker: Breaker;
  testedAt: Date | null;
  testError: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The result of a test: what went wrong, or null. */
export interface TestResult {
  at: Date;
  error: string | null;
}

export interface NewConnection
  extends Pick<
    StoredConnection,
    | 'id'
    | 'name'
    | 'provider'
    | 'channels'
    | 'settings'
    | 'sealed'
    | 'secretNames'
    | 'webhookToken'
    | 'priority'
    | 'ratePerSecond'
    | 'price'
  > {
  test: TestResult | null;
}

/** What becomes different; what is undefined stays. `restsOn`: refused when the connection was changed after that. */
export interface ConnectionChange {
  restsOn?: Date;
  name?: string;
  channels?: StoredConnection['channels'];
  settings?: Record<string, unknown>;
  secrets?: { sealed: Sealed | null; names: string[] };
  priority?: number;
  ratePerSecond?: number | null;
  price?: Connection['price'];
  test?: TestResult;
}

/** What connections need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface ConnectionStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredConnection>>;
  find(orgId: OrgId, id: ConnectionId): Promise<StoredConnection | null>;
  insert(orgId: OrgId, connection: NewConnection, audit: AuditEntry): Promise<StoredConnection>;
  /** Throws `conflict` when somebody else was quicker. */
  update(
    orgId: OrgId,
    id: ConnectionId,
    change: ConnectionChange,
    audit: AuditEntry,
  ): Promise<StoredConnection | null>;
  /** Resuming also closes the breaker. */
  setStatus(
    orgId: OrgId,
    id: ConnectionId,
    status: StoredConnection['status'],
    audit: AuditEntry,
  ): Promise<StoredConnection | null>;
  recordTest(orgId: OrgId, id: ConnectionId, test: TestResult): Promise<void>;
  remove(orgId: OrgId, id: ConnectionId, audit: AuditEntry): Promise<'removed' | 'missing'>;
  /** The one look-up from outside any organization; the token is the permission. */
  findByWebhookToken(token: string): Promise<StoredConnection | null>;
}
