/**
 * Remembers answers for a few seconds; callers that ask for the same thing at once share one look-up. Bounded, so that
 * invented keys cannot fill the memory.
 */
export class ShortCache<Key, Value> {
  readonly #entries = new Map<Key, { at: number; value: Promise<Value> }>();

  constructor(
    private readonly forMs: number,
    private readonly capacity = 10_000,
  ) {}

  get(key: Key, load: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const known = this.#entries.get(key);
    if (known && now - known.at < this.forMs) return known.value;
    if (this.#entries.size >= this.capacity) this.#entries.clear();
    const value = load();
    this.#entries.set(key, { at: now, value });
    value.catch(() => this.#entries.delete(key)); // a failed look-up is no answer
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
