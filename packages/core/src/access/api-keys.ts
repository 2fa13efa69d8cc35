import type { ApiKey, ApiKeyInput, NewApiKey } from '@halyard/contracts/access/api-keys';
import type { Scope } from '@halyard/contracts/route';
import type { Actor, AuditEntry } from '../actor.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ApiKeyId, Ids, OrgId } from '../ids.js';
import type { Secrets } from './secrets.js';
import { hashSecret } from './secrets.js';

/** An API key as it is stored: never the key itself. */
export interface StoredApiKey {
  id: ApiKeyId;
  name: string;
  start: string;
  hash: Buffer;
  scopes: readonly Scope[];
  expiresAt: Date | null;
  createdBy: string | null;
}

/** What API keys need of the database. `audit` is written in the transaction of the change. */
export interface ApiKeyStore {
  list(orgId: OrgId): Promise<ApiKey[]>;
  /** Null when there is none, or it is revoked. */
  find(orgId: OrgId, id: ApiKeyId): Promise<ApiKey | null>;
  insert(orgId: OrgId, key: StoredApiKey, audit: AuditEntry): Promise<ApiKey>;
  revoke(orgId: OrgId, id: ApiKeyId, audit: AuditEntry): Promise<boolean>;
}

const prefix = 'hal_';

/** Keys for services: made with scopes, shown once, kept as a hash. */
export class ApiKeys {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly newId: Ids,
    private readonly newSecret: Secrets,
    private readonly clock: Clock,
  ) {}

  async list(orgId: OrgId): Promise<{ items: ApiKey[] }> {
    return { items: await this.store.list(orgId) };
  }

  async get(orgId: OrgId, id: ApiKeyId): Promise<ApiKey> {
    const found = await this.store.find(orgId, id);
    if (!found) throw notFound('API key');
    return found;
  }

  /** The answer's `key` cannot be had again. */
  async create(orgId: OrgId, input: ApiKeyInput, actor: Actor): Promise<NewApiKey> {
    const expiresAt = input.expires_at ? new Date(input.expires_at) : null;
    if (expiresAt && expiresAt <= this.clock.now()) {
      const message = 'Give a time that is still to come, or leave it out for a key that does not expire.';
      throw new DomainError('invalid_request', message, [{ path: 'body.expires_at', message }]);
    }
    const key = prefix + this.newSecret();
    const id = this.newId<ApiKeyId>();
    const scopes = [...new Set(input.scopes)];
    const stored = await this.store.insert(
      orgId,
      {
        id,
        name: input.name,
        start: key.slice(0, prefix.length + 6),
        hash: hashSecret(key),
        scopes,
        expiresAt,
        createdBy: actor.id ?? null,
      },
      {
        actor,
        action: 'api_key.created',
        target: { type: 'api_key', id },
        changes: { name: input.name, scopes, expires_at: input.expires_at },
      },
    );
    return { ...stored, key };
  }

  async revoke(orgId: OrgId, id: ApiKeyId, actor: Actor): Promise<void> {
    const audit = { actor, action: 'api_key.revoked', target: { type: 'api_key', id } };
    if (!(await this.store.revoke(orgId, id, audit))) throw notFound('API key');
  }
}
