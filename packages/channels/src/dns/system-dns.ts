import { Resolver } from 'node:dns/promises';
import type { Dns } from '@halyard/core/connections/check-sender';

const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/** The name servers of this machine. */
export class SystemDns implements Dns {
  readonly #resolver: Resolver;

  /** @param servers other name servers than the machine's, as host:port. */
  constructor(servers?: string[]) {
    this.#resolver = new Resolver({ timeout: 3_000, tries: 2 });
    if (servers) this.#resolver.setServers(servers);
  }

  async txt(name: string): Promise<string[] | null> {
    try {
      return (await this.#resolver.resolveTxt(name)).map((parts) => parts.join(''));
    } catch (error) {
      return nothingThere.has(String((error as { code?: unknown }).code)) ? [] : null;
    }
  }
}
