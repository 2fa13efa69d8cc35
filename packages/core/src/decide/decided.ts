import type { WorkKind } from '../claim-loop.js';

/** What one transaction decided: whom to wake and what to tell, both once it is committed and not before. */
export class Decided {
  readonly woken = new Set<WorkKind>();
  readonly #tales: (() => void)[] = [];

  wake(kinds: Iterable<WorkKind>): void {
    for (const kind of kinds) this.woken.add(kind);
  }

  afterwards(tale: () => void): void {
    this.#tales.push(tale);
  }

  tell(): void {
    for (const tale of this.#tales) tale();
  }
}
