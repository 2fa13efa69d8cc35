import type { FindProvider, Provider } from '@halyard/core/delivery/provider';

/** The providers of this process, by the name that connections carry. */
export class ProviderRegistry {
  readonly #byName: ReadonlyMap<string, Provider>;

  constructor(providers: readonly Provider[]) {
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** Undefined for a connection whose provider this version of Halyard does not have. */
  readonly find: FindProvider = (name) => this.#byName.get(name);

  async close(): Promise<void> {
    await Promise.all([...this.#byName.values()].map((provider) => provider.close?.()));
  }
}
