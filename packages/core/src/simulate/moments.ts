interface Entry<Item> {
  at: number;
  n: number;
  item: Item;
}

/** What lies ahead, earliest first; what comes at the same moment keeps the order in which it was added. A binary heap. */
export class Moments<Item> {
  readonly #heap: Entry<Item>[] = [];
  #added = 0;

  /** `isStill`: whether an entry still holds; what was moved or ended since it was added is passed over. */
  constructor(private readonly isStill: (item: Item, at: number) => boolean = () => true) {}

  add(at: Date, item: Item): void {
    this.#heap.push({ at: at.getTime(), n: this.#added++, item });
    this.#up(this.#heap.length - 1);
  }

  /** When the next one comes; null when nothing lies ahead. */
  next(): number | null {
    for (;;) {
      const first = this.#heap[0];
      if (!first) return null;
      if (this.isStill(first.item, first.at)) return first.at;
      this.#take();
    }
  }

  /** Takes out what has come, in order, each once: what was moved away and back was added twice. */
  due(now: Date): Item[] {
    const items = new Set<Item>();
    for (let at = this.next(); at !== null && at <= now.getTime(); at = this.next()) {
      const taken = this.#take();
      if (taken) items.add(taken.item);
    }
    return [...items];
  }

  #take(): Entry<Item> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last && heap.length) {
      heap[0] = last;
      this.#down(0);
    }
    return first;
  }

  #up(from: number): void {
    const heap = this.#heap;
    const entry = heap[from];
    let at = from;
    while (entry && at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    if (entry) heap[at] = entry;
  }

  #down(from: number): void {
    const heap = this.#heap;
    const entry = heap[from];
    let at = from;
    while (entry) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || !isBefore(child, entry)) break;
      heap[at] = child;
      at = child === left ? 2 * at + 1 : 2 * at + 2;
    }
    if (entry) heap[at] = entry;
  }
}

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.n < other.n);
