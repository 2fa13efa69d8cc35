import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';
import { TcpProxy } from '../tcp-proxy.ts';

/**
 * The worker's way to PostgreSQL is spoiled: cut, silent for a while, and at last silent for good, with both ends
 * believing that the other is there. Requests come in by another way meanwhile.
 */
export const halfOpen: Row = {
  name: 'half-open-connections',
  fault:
    'connections to PostgreSQL that are cut, stall, and go silent for good while both ends believe in them',
  onlyLong: true, // it waits for half a minute of silence
  async run(scene) {
    const { random, scale } = scene.play;
    await scene.start('http');
    await scene.found();
    const url = new URL(scene.databaseUrl);
    const proxy = await TcpProxy.start(Number(url.port));
    scene.atEnd(() => proxy.close());
    url.port = String(proxy.port);
    await scene.start('worker', { databaseUrl: url.href });
    scene.provider.behave = () => ({ kind: 'accept', afterMs: 200 });
    const load = scene.load.run({ count: 50 * scale, restMs: 30 });
    for (let turn = 0; turn < scale; turn++) {
      await scene.received(random.between(2, 8));
      await scene.fault('connections cut', async () => proxy.cut());
      await scene.received(random.between(2, 8));
      const direction = random.pick(['up', 'down'] as const);
      await scene.fault(`no answer ${direction}`, async () => proxy.set({ [direction]: 'held' }));
      await pause(random.between(500, 2_000));
      proxy.set({ [direction]: 'open' });
    }
    await scene.received(random.between(2, 8));
    await scene.fault('connections forgotten', async () => proxy.forget());
    await load;
  },
};
