/**
 * What lies ahead, earliest first; what comes at the same moment keeps the order in which it was added. A binary heap,
 * whose keys lie in arrays of their own: a simulation looks at them millions of times.
 */
export class Moments<Item> {
  readonly #at: number[] = [];
  readonly #nth: number[] = [];
  readonly #items: Item[] = [];
  #added = 0;

  /** `isStill`: whether an entry still holds; what was moved or ended since it was added is passed over. */
  constructor(private readonly isStill: (item: Item, at: number) => boolean = () => true) {}

  add(at: Date, item: Item): void {
    this.#up(this.#items.length, at.getTime(), this.#added++, item);
  }

  /** When the next one comes; null when nothing lies ahead. */
  next(): number | null {
    for (;;) {
      const at = this.#at[0];
      if (at === undefined) return null;
      if (this.isStill(this.#items[0] as Item, at)) return at;
      this.#take();
    }
  }

  /** Takes out what has come, in order, each once: what was moved away and back was added twice. */
  due(now: Date): Item[] {
    const until = now.getTime();
    const first = this.next();
    if (first === null || first > until) return [];
    const items = new Set<Item>();
    for (let at: number | null = first; at !== null && at <= until; at = this.next()) items.add(this.#take());
    return [...items];
  }

  #take(): Item {
    const first = this.#items[0] as Item;
    const at = this.#at.pop() as number;
    const nth = this.#nth.pop() as number;
    const item = this.#items.pop() as Item;
    if (this.#items.length) this.#down(at, nth, item);
    return first;
  }

  /** Puts an entry in at the end, or as far above it as it belongs. */
  #up(end: number, at: number, nth: number, item: Item): void {
    let place = end;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isAfter(above, at, nth)) break;
      this.#copy(above, place);
      place = above;
    }
    this.#put(place, at, nth, item);
  }

  /** Puts an entry in at the top, or as far below it as it belongs. */
  #down(at: number, nth: number, item: Item): void {
    const count = this.#items.length;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= count) break;
      const right = left + 1;
      const sooner =
        right < count && this.#isAfter(left, this.#at[right] as number, this.#nth[right] as number)
          ? right
          : left;
      if (this.#isAfter(sooner, at, nth)) break;
      this.#copy(sooner, place);
      place = sooner;
    }
    this.#put(place, at, nth, item);
  }

  #isAfter(place: number, at: number, nth: number): boolean {
    const its = this.#at[place] as number;
    return its > at || (its === at && (this.#nth[place] as number) > nth);
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#at[from] as number, this.#nth[from] as number, this.#items[from] as Item);
  }

  #put(place: number, at: number, nth: number, item: Item): void {
    this.#at[place] = at;
    this.#nth[place] = nth;
    this.#items[place] = item;
  }
}
