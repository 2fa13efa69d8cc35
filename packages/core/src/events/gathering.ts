interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

interface Lane<Item, Answer> {
  waiting: Waiting<Item, Answer>[];
  /** Batches under way. */
  writing: number;
  isCalled: boolean;
}

/** So many under way that what one batch waits for the database is time to make and to answer the other. */
const atOnce = 2;
/** A second batch begins only for so many items: small ones would cost more than they gain. */
const enough = 16;

/**
 * Gathers items that arrive together, or while a batch of the same group is being written, and writes them together: one
 * transaction instead of many, without waiting for a timer. When many wait, two batches of a group are written beside one
 * another; an item that arrives after another was answered is never before it. When a batch fails, each of its items is
 * tried alone: one that cannot be written does not cost the others.
 */
export class Gathering<Group, Item, Answer> {
  readonly #lanes = new Map<Group, Lane<Item, Answer>>();

  constructor(
    private readonly write: (group: Group, items: readonly Item[]) => Promise<Answer[]>,
    private readonly largest = 200,
  ) {}

  add(group: Group, item: Item): Promise<Answer> {
    const lane = this.#lanes.get(group) ?? { waiting: [], writing: 0, isCalled: false };
    this.#lanes.set(group, lane);
    const answer = new Promise<Answer>((resolve, reject) => lane.waiting.push({ item, resolve, reject }));
    this.#call(group, lane);
    return answer;
  }

  /** Begins a batch as soon as all requests have been read that have arrived by now. */
  #call(group: Group, lane: Lane<Item, Answer>): void {
    if (lane.isCalled || !hasRoom(lane)) return;
    lane.isCalled = true;
    setImmediate(() => {
      lane.isCalled = false;
      void this.#drain(group, lane);
    });
  }

  async #drain(group: Group, lane: Lane<Item, Answer>): Promise<void> {
    while (hasRoom(lane)) {
      lane.writing++;
      await this.#settle(group, lane.waiting.splice(0, this.largest));
      lane.writing--;
    }
    if (lane.writing === 0 && lane.waiting.length === 0 && this.#lanes.get(group) === lane)
      this.#lanes.delete(group);
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

const hasRoom = ({ waiting, writing }: Lane<unknown, never>): boolean =>
  waiting.length > 0 && (writing === 0 || (writing < atOnce && waiting.length >= enough));
