import type { Clock } from '@halyard/core/clock';

/** The system's clock, moved: time goes on as usual from wherever it was moved to. */
export class MovingClock implements Clock {
  #offset = 0;

  now(): Date {
    return new Date(Date.now() + this.#offset);
  }

  /** From now on it is this moment. */
  moveTo(moment: Date): void {
    this.#offset = moment.getTime() - Date.now();
  }
}
