import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseClock } from './database-clock.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const hour = 3_600_000;

/** A machine whose clock is wrong, and whose time passes as the test says. */
class WrongMachine {
  wrongBy = 0;
  passed = 0;
  timeOfDay = () => Date.now() + this.wrongBy + this.passed;
  elapsed = () => performance.now() + this.passed;
}

const databaseNow = async () => (await db.owner.query('select clock_timestamp() as at')).rows[0].at.getTime();

/** Between what the database says before and after. */
async function expectRight(clock: DatabaseClock): Promise<void> {
  const before = await databaseNow();
  const now = clock.now().getTime();
  const after = await databaseNow();
  expect(now).toBeGreaterThan(before - 500);
  expect(now).toBeLessThan(after + 500);
}

test.each([-hour, 0, hour])('it is the database’s, with a machine that is %d ms off', async (wrongBy) => {
  const machine = new WrongMachine();
  machine.wrongBy = wrongBy;
  const clock = await DatabaseClock.open(db.app.pool, machine);
  await expectRight(clock);
  expect(Math.abs(clock.machineAheadMs - wrongBy)).toBeLessThan(500);
});

test('somebody sets the machine’s clock: nothing changes', async () => {
  const machine = new WrongMachine();
  const clock = await DatabaseClock.open(db.app.pool, machine);
  machine.wrongBy = hour;
  await expectRight(clock);
  await clock.settle();
  await expectRight(clock);
});

test('a machine that slept knows better once it has settled', async () => {
  const machine = new WrongMachine();
  let night = 0;
  const pool = { query: async () => ({ rows: [{ ms: Date.now() + night }] }) } as never;
  const clock = await DatabaseClock.open(pool, machine);
  night = 8 * hour;
  machine.wrongBy = night; // the time of day went on, what counts the time elapsed stood still
  await clock.settle();
  expect(Math.abs(clock.now().getTime() - Date.now() - night)).toBeLessThan(500);
});

test('it asks the database once a minute at most, and fails while that is away', async () => {
  const machine = new WrongMachine();
  let asked = 0;
  let away = false;
  const pool = {
    query: (text: string) => {
      asked++;
      if (away) throw new Error('The database is away.');
      return db.app.pool.query(text);
    },
  } as never;
  const clock = await DatabaseClock.open(pool, machine);
  asked = 0;
  await clock.settle();
  expect(asked).toBe(0);
  machine.passed += 61_000;
  away = true;
  await expect(clock.settle()).rejects.toThrow('away');
  away = false;
  await clock.settle();
  await expectRight(clock);
});
