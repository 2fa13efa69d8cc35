import { setTimeout as pause } from 'node:timers/promises';
import { RedisServer } from '../redis-server.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';

/** What Redis forgot is brought in again by the sweep, once a minute. */
const sweptWithin = 120;

const missing = async () => ((await RedisServer.isThere()) ? null : 'redis-server is not installed.');

const row = (name: string, fault: string, breakIt: (redis: RedisServer) => Promise<void>): Row => ({
  name,
  fault,
  onlyLong: true, // jobs that were forgotten wait for the sweep
  missing,
  recoverWithin: sweptWithin,
  run: (scene) => runWith(scene, (redis) => scene.fault(fault, () => breakIt(redis))),
});

/** BullMQ on Redis loses its jobs while imports run; the table of imports is what counts. */
export const redisRows: readonly Row[] = [
  row('redis-flushed', 'Redis is flushed (FLUSHALL) while jobs wait and run', async (redis) => {
    await redis.flush();
  }),
  row(
    'redis-killed',
    'Redis is killed (kill -9), away for three seconds, and comes back empty',
    async (redis) => {
      await redis.kill();
      await pause(3_000);
      await redis.restart();
    },
  ),
];

async function runWith(scene: Scene, breakIt: (redis: RedisServer) => Promise<void>): Promise<void> {
  const redis = await RedisServer.start();
  scene.atEnd(() => redis.kill());
  const env = { REDIS_URL: redis.url };
  await scene.start('http', { env });
  for (let workers = 0; workers < 2; workers++) await scene.start('worker', { env });
  await scene.found();
  const load = scene.load.run({
    count: 60 * scene.play.scale,
    restMs: 40,
    kinds: ['import', 'import', 'import', 'event', 'send'],
  });
  await pause(scene.play.random.between(300, 800));
  await breakIt(redis);
  await load;
}
