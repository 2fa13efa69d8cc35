import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../ask.ts';
import { answeredWith } from '../counted.ts';
import type { ChaosServer } from '../database.ts';
import { feed } from '../feed.ts';
import type { Row } from '../row.ts';
import { SmallDisk } from '../small-disk.ts';

const megabytes = 128;

/** PostgreSQL ends when it cannot write its log (WAL); whoever runs it makes room and starts it again. */
export const fullLog: Row = {
  name: 'full-log',
  fault: `the disk of PostgreSQL's log (${megabytes} MB) is full, PostgreSQL ends; it is started again when there is room`,
  onlyLong: true, // the server is stopped and started three times
  missing: async () => ((await SmallDisk.mayMount()) ? null : 'nothing may be mounted here.'),
  async run(scene) {
    const { server } = scene;
    const log = join(server.folder, 'pg', 'pg_wal');
    const disk = await SmallDisk.mount(megabytes, join(server.folder, 'pg'));
    if (!disk) throw new Error('Nothing can be mounted here.');
    await server.whileStopped(() => disk.takeIn(log));
    scene.atEnd(async () => {
      await disk.free();
      await server.whileStopped(() => disk.giveBack(log));
      await disk.unmount();
    });
    const http = await scene.start('http');
    await scene.start('worker');
    await scene.found();
    const feeding = feed(scene);
    try {
      await scene.received(10);
      await disk.fill();
      await fillLog(server);
      await until('A request is answered with 503', async () => (await answeredWith(http.url, 503)) > 0);
      await pause(scene.play.scale * 1_000);
    } finally {
      await disk.free();
      await scene.fault('PostgreSQL has room for its log again', () => server.restart());
      await feeding.end();
    }
  },
};

/** Goes on to the next file of the log again and again until there is none, and PostgreSQL has ended of that. */
async function fillLog(server: ChaosServer): Promise<void> {
  const url = new URL(server.urlOf('postgres'));
  url.username = 'postgres';
  await until('PostgreSQL ends on its full disk', async () => {
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => {});
    try {
      await client.connect();
      for (let files = 0; files < 20; files++)
        await client.query(`select pg_switch_wal(), pg_logical_emit_message(true, 'chaos', 'x')`);
    } catch {
      // It has ended, or recovers and will end of that.
    } finally {
      await client.end().catch(() => {});
    }
    return !server.isAlive;
  });
}
