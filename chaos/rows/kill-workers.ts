import type { Row } from '../row.ts';

/** Workers beside one another on one database: nothing twice, and what one leaves the others take. */
const killWorkers = (workers: number): Row => ({
  name: `kill-one-of-${workers}-workers`,
  fault: `kill -9 of one of ${workers} workers at random times, with requests served by another process`,
  onlyLong: true, // e2e/two-workers.test.ts holds the same in CI
  async run(scene) {
    const { random, scale } = scene.play;
    await scene.start('http');
    await scene.found();
    const team = await Promise.all(Array.from({ length: workers }, () => scene.start('worker')));
    scene.provider.behave = () => ({ kind: 'accept', afterMs: 200 });
    const load = scene.load.run({ count: 100 * scale, restMs: 100 });
    for (let kills = 0; kills < 1 + scale; kills++) {
      await scene.received(random.between(3, 25));
      const n = random.between(0, workers - 1);
      const doomed = team[n];
      if (!doomed) throw new Error(`There is no worker ${n}.`);
      await scene.kill(doomed);
      team[n] = await scene.restart(doomed);
    }
    await load;
  },
});

export const killOneOfTwo = killWorkers(2);
export const killOneOfThree = killWorkers(3);
