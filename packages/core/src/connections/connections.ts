import type {
  Connection,
  ConnectionInput,
  ConnectionPatch,
  ConnectionTest,
} from '@halyard/contracts/connections/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { OpenConnection } from '../delivery/provider.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ConnectionId, Ids, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import {
  assertCredentialsStay,
  changedChannels,
  changedSecrets,
  changedSettings,
  channelsAfter,
  definedOnly,
} from './connection-settings.js';
import type { ConnectionChange, ConnectionStore, StoredConnection, TestResult } from './connection-store.js';
import type { ConnectionTester } from './connection-tester.js';
import { ConnectionOpener, sealSecrets } from './open-connection.js';
import { toConnection } from './presented-connection.js';
import type { SecretBox } from './secret-box.js';
import { webhookUrlOf } from './webhook-url.js';

export interface ConnectionParts {
  box: SecretBox;
  newId: Ids;
  /** An unguessable part of an address. */
  newToken: () => string;
  /** The address of this server as people see it. */
  publicUrl: string;
  /** Where providers reach this server; null when they cannot, so that they are not told to. */
  reachableUrl: string | null;
}

/** Accounts at providers: who sends for an organization, in which order, with which credentials. */
export class Connections {
  readonly #opener: ConnectionOpener;

  constructor(
    private readonly store: ConnectionStore,
    private readonly tester: ConnectionTester,
    private readonly parts: ConnectionParts,
  ) {
    this.#opener = new ConnectionOpener(parts.box, parts.reachableUrl);
  }

  async list(orgId: OrgId, page: PageRequest): Promise<Page<Connection>> {
    const { items, next_cursor } = await this.store.list(orgId, page);
    return { items: items.map((item) => this.#present(item)), next_cursor };
  }

  async read(orgId: OrgId, id: ConnectionId): Promise<Connection> {
    return this.#present(await this.find(orgId, id));
  }

  /** As it is stored, secrets sealed. */
  async find(orgId: OrgId, id: ConnectionId): Promise<StoredConnection> {
    const stored = await this.store.find(orgId, id);
    if (!stored) throw notFound('connection');
    return stored;
  }

  async create(orgId: OrgId, input: ConnectionInput, actor: Actor): Promise<Connection> {
    const { name, provider, settings, priority, rate_per_second, price, skip_test } = input;
    const id = this.parts.newId<ConnectionId>();
    const secrets = definedOnly(input.secrets);
    const webhookToken = this.parts.newToken();
    const channels = changedChannels(provider, settings, input.channels);
    const open = { id, orgId, name, provider, channels, settings, secrets, ...this.#reports(webhookToken) };
    const test = await this.#tested(open, skip_test);
    const secretNames = Object.keys(secrets).sort();
    const stored = await this.store.insert(
      orgId,
      {
        id,
        name,
        provider,
        channels,
        settings,
        sealed: sealSecrets(this.parts.box, { orgId, id }, secrets),
        secretNames,
        webhookToken,
        priority,
        ratePerSecond: rate_per_second,
        price,
        test,
      },
      auditOf(actor, 'created', id, { name, provider, channels, settings, secrets_set: secretNames }),
    );
    return this.#present(stored);
  }

  async update(orgId: OrgId, id: ConnectionId, patch: ConnectionPatch, actor: Actor): Promise<Connection> {
    const { skip_test, secrets, settings, channels, unchanged_since, ...rest } = patch;
    const before = await this.find(orgId, id);
    const change: ConnectionChange = {
      ...(unchanged_since === undefined ? {} : { restsOn: new Date(unchanged_since) }),
      ...(rest.name === undefined ? {} : { name: rest.name }),
      ...(rest.priority === undefined ? {} : { priority: rest.priority }),
      ...(rest.rate_per_second === undefined ? {} : { ratePerSecond: rest.rate_per_second }),
      ...(rest.price === undefined ? {} : { price: rest.price }),
    };
    const after = settings || secrets ? this.#changed(before, settings ?? {}, secrets ?? {}) : null;
    if (channels)
      change.channels = changedChannels(before.provider, after?.settings ?? before.settings, channels);
    if (after) {
      change.channels ??= channelsAfter(before, after.settings);
      const sealed = sealSecrets(this.parts.box, { orgId, id }, after.secrets);
      change.settings = after.settings;
      // Both are written as a whole: what somebody else changed while these were tested would be lost.
      change.restsOn ??= before.updatedAt;
      if (secrets) change.secrets = { sealed, names: Object.keys(after.secrets).sort() };
      change.test = await this.#tested(after, skip_test);
    }
    const audit = auditOf(actor, 'updated', id, {
      ...rest,
      ...(channels ? { channels } : {}),
      ...(settings ? { settings } : {}),
      ...(secrets ? { secrets_changed: Object.keys(secrets).sort() } : {}),
    });
    const stored = await this.store.update(orgId, id, change, audit);
    if (!stored) throw notFound('connection');
    return this.#present(stored);
  }

  async remove(orgId: OrgId, id: ConnectionId, actor: Actor): Promise<void> {
    const result = await this.store.remove(orgId, id, auditOf(actor, 'removed', id));
    if (result === 'missing') throw notFound('connection');
  }

  async setStatus(
    orgId: OrgId,
    id: ConnectionId,
    status: 'active' | 'paused',
    actor: Actor,
  ): Promise<Connection> {
    const audit = auditOf(actor, status === 'paused' ? 'paused' : 'resumed', id, { status });
    const stored = await this.store.setStatus(orgId, id, status, audit);
    if (!stored) throw notFound('connection');
    return this.#present(stored);
  }

  async test(orgId: OrgId, id: ConnectionId): Promise<ConnectionTest> {
    const opened = this.#opener.open(await this.find(orgId, id));
    const result = await this.tester.test(opened);
    await this.store.recordTest(orgId, id, result);
    return { ok: result.error === null, reason: result.error, tested_at: result.at.toISOString() };
  }

  async #tested(connection: OpenConnection, skip: boolean): Promise<TestResult> {
    const result = await this.tester.test({ kind: 'open', connection });
    if (result.error === null || skip) return result;
    throw new DomainError(
      'connection_failed',
      `${result.error} Nothing was saved. Mend it, or save it all the same with skip_test.`,
    );
  }

  #changed(
    before: StoredConnection,
    settings: Record<string, unknown>,
    secrets: Record<string, string | null>,
  ): OpenConnection {
    const opened = this.#opener.open(before);
    // Secrets that cannot be opened any more can still be replaced, all of them at once.
    const known = opened.kind === 'open' ? opened.connection.secrets : {};
    const changed = changedSettings(before.provider, before.settings, settings);
    assertCredentialsStay({ settings: before.settings, secrets: known }, changed, secrets);
    return {
      id: before.id,
      orgId: before.orgId,
      name: before.name,
      provider: before.provider,
      channels: before.channels,
      settings: changed,
      secrets: changedSecrets(before.provider, known, secrets),
      ...this.#reports(before.webhookToken),
    };
  }

  #reports(webhookToken: string): Pick<OpenConnection, 'reportUrl'> {
    const { reachableUrl } = this.parts;
    return reachableUrl ? { reportUrl: webhookUrlOf(reachableUrl, webhookToken) } : {};
  }

  #present(stored: StoredConnection): Connection {
    return toConnection(stored, this.parts.publicUrl, this.tester.receives(stored.provider));
  }
}

const auditOf = (
  actor: Actor,
  what: string,
  id: ConnectionId,
  changes?: Record<string, unknown>,
): AuditEntry => ({
  actor,
  action: `connection.${what}`,
  target: { type: 'connection', id },
  ...(changes ? { changes } : {}),
});
