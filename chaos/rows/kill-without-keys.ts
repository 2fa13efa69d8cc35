import type { Row } from '../row.ts';

/**
 * Mails over SMTP, which knows no keys: whether a mail under way was taken, nobody can tell. It may end as unknown, before
 * a person, but it is never sent a second time.
 */
export const killWithoutKeys: Row = {
  name: 'kill-without-keys',
  fault: 'kill -9 of the only process while mails are under way over SMTP, which has no idempotency keys',
  async run(scene) {
    const { random, scale } = scene.play;
    scene.mailServer.queueMs = 300;
    let halyard = await scene.start('http,worker');
    await scene.found('smtp');
    const load = scene.load.run({ count: 40 * scale, kinds: ['event', 'booking', 'send'] });
    for (let kills = 0; kills < 1 + scale; kills++) {
      await scene.received(random.between(3, 12));
      await scene.kill(halyard);
      halyard = await scene.restart(halyard);
    }
    await load;
  },
};
