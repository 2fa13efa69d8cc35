interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers items that arrive while a batch of the same group is being written, and writes them together: one transaction
 * instead of many, without waiting for a timer. An item that arrives at rest is written at once. Batches of a group
 * follow one another, so that order within it is kept. When a batch fails, each of its items is tried alone: one that
 * cannot be written does not cost the others.
 */
export class Gathering<Group, Item, Answer> {
  readonly #waiting = new Map<Group, Waiting<Item, Answer>[]>();

  constructor(
    private readonly write: (group: Group, items: readonly Item[]) => Promise<Answer[]>,
    private readonly largest = 200,
  ) {}

  add(group: Group, item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(group);
      if (waiting) {
        waiting.push({ item, resolve, reject });
        return;
      }
      this.#waiting.set(group, []);
      void this.#drain(group, [{ item, resolve, reject }]);
    });
  }

  async #drain(group: Group, first: Waiting<Item, Answer>[]): Promise<void> {
    let batch = first;
    while (batch.length) {
      await this.#settle(group, batch);
      batch = this.#waiting.get(group)?.splice(0, this.largest) ?? [];
    }
    this.#waiting.delete(group);
  }

  async #settle(group: Group, batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.write(
        group,
        batch.map((one) => one.item),
      );
      for (const [n, one] of batch.entries()) {
        const answer = answers[n];
        if (answer === undefined)
          one.reject(new Error('A batch was written without an answer for each item.'));
        else one.resolve(answer);
      }
    } catch (error) {
      if (batch.length === 1) for (const one of batch) one.reject(error);
      else for (const one of batch) await this.#settle(group, [one]);
    }
  }
}
