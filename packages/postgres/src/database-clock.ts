import type { Clock } from '@halyard/core/clock';
import type pg from 'pg';

/** What this machine says: the time of day, and the milliseconds since it started, which nobody can set. */
export interface MachineClock {
  timeOfDay(): number;
  elapsed(): number;
}

const thisMachine: MachineClock = { timeOfDay: () => Date.now(), elapsed: () => performance.now() };

/** The database's time at one moment of this machine's, all in milliseconds. */
interface Measurement {
  database: number;
  timeOfDay: number;
  elapsed: number;
  roundTrip: number;
}

const goodForMs = 60_000;
/** The time of day has moved against the time elapsed: somebody set the clock, or the machine was asleep. */
const jumpMs = 1_000;
/** An answer that was this quick is measured closely enough. */
const quickMs = 20;
const mostSamples = 5;

/**
 * The database's clock, which all processes share: a message must not go out an hour early because one machine's clock
 * is wrong. It is measured now and then, and goes on in between by the time elapsed here, whatever the time of day is
 * set to.
 */
export class DatabaseClock implements Clock {
  #measuring: Promise<void> | null = null;

  private constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly machine: MachineClock,
    private measured: Measurement,
  ) {}

  static async open(pool: Pick<pg.Pool, 'query'>, machine = thisMachine): Promise<DatabaseClock> {
    return new DatabaseClock(pool, machine, await measure(pool, machine));
  }

  now(): Date {
    return new Date(this.measured.database + this.machine.elapsed() - this.measured.elapsed);
  }

  async settle(): Promise<void> {
    if (this.#holds) return;
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = null;
    });
    await this.#measuring;
  }

  /** By how many milliseconds this machine's clock is ahead of the database's; negative when it is behind. */
  get machineAheadMs(): number {
    return this.machine.timeOfDay() - this.now().getTime();
  }

  get #holds(): boolean {
    const { elapsed, timeOfDay } = this.measured;
    const age = this.machine.elapsed() - elapsed;
    return age < goodForMs && Math.abs(this.machine.timeOfDay() - timeOfDay - age) < jumpMs;
  }

  async #measure(): Promise<void> {
    this.measured = await measure(this.pool, this.machine);
  }
}

/** The quickest of a few: the answer was made somewhere between the question and its arrival. */
async function measure(pool: Pick<pg.Pool, 'query'>, machine: MachineClock): Promise<Measurement> {
  let best = await sample(pool, machine);
  for (let n = 1; n < mostSamples && best.roundTrip > quickMs; n++) {
    const next = await sample(pool, machine);
    if (next.roundTrip < best.roundTrip) best = next;
  }
  return best;
}

async function sample(pool: Pick<pg.Pool, 'query'>, machine: MachineClock): Promise<Measurement> {
  const asked = machine.elapsed();
  const { rows } = await pool.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  );
  const elapsed = machine.elapsed();
  const roundTrip = elapsed - asked;
  const [row] = rows;
  if (!row) throw new Error('The database did not say what time it is.');
  return { database: row.ms + roundTrip / 2, timeOfDay: machine.timeOfDay(), elapsed, roundTrip };
}
