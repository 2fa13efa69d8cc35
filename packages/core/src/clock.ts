/** What time it is. Instants are `Date`; zone arithmetic is in core/time. */
export interface Clock {
  now(): Date;
  /**
   * Resolves when what `now` says can be relied on, as after a machine was asleep; throws when nobody can say. Loops wait
   * for it before each round. A clock without it can always be relied on.
   */
  settle?(): Promise<void>;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told otherwise: for tests and simulations. */
export class ManualClock implements Clock {
  constructor(private at: Date) {}
  now(): Date {
    return new Date(this.at);
  }
  set(at: Date): void {
    this.at = at;
  }
  advance(milliseconds: number): void {
    this.at = new Date(this.at.getTime() + milliseconds);
  }
}
