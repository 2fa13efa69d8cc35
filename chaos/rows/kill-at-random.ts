import type { Row } from '../row.ts';

/** The example of how a row is written: start, found, send, break, let the load end. The rest is done for it. */
export const killAtRandom: Row = {
  name: 'kill-at-random',
  fault: 'kill -9 of the only process, at random times',
  onlyLong: true, // the row above kills as often
  async run(scene) {
    const { random, scale } = scene.play;
    let halyard = await scene.start('http,worker');
    await scene.found();
    scene.provider.behave = () => ({ kind: 'accept', afterMs: 200 });
    const load = scene.load.run({ count: 100 * scale, restMs: 100 });
    for (let kills = 0; kills < 2 + scale; kills++) {
      await scene.received(random.between(3, 25));
      await scene.kill(halyard);
      halyard = await scene.restart(halyard);
    }
    await load;
  },
};
