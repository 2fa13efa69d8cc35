import type { AssumedWorkflow } from '@halyard/contracts/simulate/routes';
import { ManualClock } from '../clock.js';
import { DecideLoop } from '../decide/decide-loop.js';
import type { LiveFlow } from '../decide/decide-store.js';
import { WakeLoop } from '../decide/wake-loop.js';
import type { Renderer } from '../delivery/renderer.js';
import type { Ids } from '../ids.js';
import { Engagement } from './engagement.js';
import { MemoryDecideStore } from './memory-decide-store.js';
import { SimulatedDelivery } from './simulated-delivery.js';
import { simulatedIds } from './simulated-ids.js';
import type { Rates, SimulatedInput, StartingPoint } from './starting-point.js';
import { SimulationState } from './state.js';

export interface SimulationOptions {
  from: Date;
  /** The clock runs until here, also when nothing is put in any more. */
  until: Date;
  rates: Rates;
  /** What called workflows are taken to answer. */
  workflows?: readonly AssumedWorkflow[];
  renderer: Renderer;
  /** Keep what every message would say; slower. */
  render: boolean;
  newId?: Ids;
  /** Called from time to time; whoever waits in it lets others work. `done`: inputs taken in. */
  progress?: (done: number, now: Date) => Promise<void>;
}

/** Rounds at one moment; more than any sane flow needs. */
const mostRounds = 10_000;
/** Moments between two calls of `progress`. */
const stride = 256;
const never = Number.POSITIVE_INFINITY;

/**
 * Lives through a period: every input at its moment, every wake, every due message, with nothing in between. Deciding is
 * done by the very loops of production over a world in memory, and every message passes decideRelease. Loops take no time
 * here and providers accept everything, which is what `assumptions.ts` tells whoever reads the result.
 */
export async function simulate(
  start: StartingPoint,
  flows: LiveFlow[],
  inputs: readonly SimulatedInput[],
  options: SimulationOptions,
): Promise<SimulationState> {
  const period = new Period(start, flows, options);
  for (let taken = 0, moments = 0; ; moments++) {
    const next = period.next(inputs[taken]?.at ?? null);
    if (next === null || next > options.until) break;
    period.clock.set(next);
    for (let input = inputs[taken]; input && input.at <= next; input = inputs[++taken])
      period.state.take(input);
    if (period.isAnythingToDo()) await period.settle();
    if (moments % stride === 0) await options.progress?.(taken, next);
  }
  return period.state;
}

/** The clock, the tables, and everything that works on them. */
class Period {
  readonly clock: ManualClock;
  readonly state: SimulationState;
  readonly #store: MemoryDecideStore;
  readonly #decide: DecideLoop;
  readonly #wake: WakeLoop;
  readonly #engagement: Engagement;
  readonly #delivery: SimulatedDelivery;
  readonly #newId: Ids;

  constructor(start: StartingPoint, flows: LiveFlow[], options: SimulationOptions) {
    const { from, rates, newId = simulatedIds() } = options;
    this.#newId = newId;
    this.clock = new ManualClock(from);
    this.state = new SimulationState(start, flows, options.workflows);
    this.#store = new MemoryDecideStore(this.state, newId, from);
    const wakeups = { poke: () => {}, listen: () => () => {} };
    this.#decide = new DecideLoop(this.#store, this.clock, newId, wakeups);
    this.#wake = new WakeLoop(this.#store, this.clock, newId, wakeups);
    this.#engagement = new Engagement(this.state, newId, rates);
    this.#delivery = new SimulatedDelivery(this.state, newId, this.#engagement, options);
  }

  /** The earliest moment at which anything happens; null when nothing lies ahead. */
  next(input: Date | null): Date | null {
    const ahead = Math.min(input?.getTime() ?? never, this.#ahead());
    // What lies behind the clock, such as a message that was due at once, happens now.
    return ahead === never ? null : new Date(Math.max(ahead, this.clock.now().getTime()));
  }

  /** Nothing is, where all that came in is of no consequence. */
  isAnythingToDo(): boolean {
    return this.state.pending.length > 0 || this.#ahead() <= this.clock.now().getTime();
  }

  /** When something comes that nobody puts in. */
  #ahead(): number {
    return Math.min(
      this.state.wakes.next() ?? never,
      this.state.dues.next() ?? never,
      this.#store.ticks.next() ?? never,
      this.#engagement.ahead.next() ?? never,
      this.state.workflows.ahead.next() ?? never,
    );
  }

  /** Everything that happens at this moment, until nothing more follows. */
  async settle(): Promise<void> {
    const now = this.clock.now();
    this.#engagement.round(now);
    for (const event of this.state.workflows.round(now, this.#newId)) this.state.queue(event);
    for (let rounds = 0; ; rounds++) {
      await this.#decideAll(now);
      const released = this.#delivery.round(now);
      if (released === 0 && this.state.pending.length === 0) return;
      if (rounds > mostRounds) throw new Error(`The simulation turns on the spot at ${now.toISOString()}.`);
    }
  }

  /** What is recorded meanwhile waits until due runs were moved, as with the loops of production. */
  async #decideAll(now: Date): Promise<void> {
    for (let rounds = 0; ; rounds++) {
      let left = this.state.pending.length;
      if (left === 0 && !this.#isWakeDue(now)) return;
      while (left > 0) left -= (await this.#decide.round(left)).claimed;
      if (this.#isWakeDue(now)) await this.#wake.round(Number.MAX_SAFE_INTEGER);
      if (rounds > mostRounds) throw new Error(`The simulation turns on the spot at ${now.toISOString()}.`);
    }
  }

  #isWakeDue(now: Date): boolean {
    return Math.min(this.state.wakes.next() ?? never, this.#store.ticks.next() ?? never) <= now.getTime();
  }
}
