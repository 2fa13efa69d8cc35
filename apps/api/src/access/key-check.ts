import { hashSecret } from '@halyard/core/access/secrets';
import type { ApiKeyId } from '@halyard/core/ids';
import type { PgApiKeyStore } from '@halyard/postgres/api-keys';
import type { KeyPrincipal } from '../http/caller.js';
import { ShortCache } from './short-cache.js';

const flushEveryMs = 10_000;

/** Checks API keys: one indexed query, or a cache of a few seconds; no write on the way of the request. */
export class KeyCheck {
  readonly #known = new ShortCache<string, KeyPrincipal | null>(10_000);
  readonly #used = new Set<ApiKeyId>();
  #flush: NodeJS.Timeout | null = null;

  constructor(private readonly keys: PgApiKeyStore) {}

  async principalOf(key: string): Promise<KeyPrincipal | null> {
    if (key.length > 200) return null;
    const hash = hashSecret(key);
    const principal = await this.#known.get(hash.toString('base64'), async () => {
      const found = await this.keys.findUsable(hash);
      if (!found) return null;
      const { id, name, orgId, scopes } = found;
      return { kind: 'api_key', keyId: id, name, orgId, scopes };
    });
    if (principal) this.#noteUse(principal.keyId as ApiKeyId);
    return principal;
  }

  /** Forgets what it knows, so that a change made in this process counts at once. */
  forget(): void {
    this.#known.clear();
  }

  #noteUse(id: ApiKeyId): void {
    this.#used.add(id);
    this.#flush ??= setTimeout(() => void this.#writeUses(), flushEveryMs).unref();
  }

  async #writeUses(): Promise<void> {
    this.#flush = null;
    const ids = [...this.#used];
    this.#used.clear();
    // Last use is a hint for people; when the database is away the next use writes it.
    await this.keys.markUsed(ids).catch(() => {});
  }
}
