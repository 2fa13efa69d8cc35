import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../ask.ts';
import { answeredWith } from '../counted.ts';
import { feed } from '../feed.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import { SmallDisk } from '../small-disk.ts';

const megabytes = 96;

/**
 * The tables of the row's database lie on a file system of their own, PostgreSQL's log does not: what happens when that
 * has no room is another row (full-log.ts).
 */
export const fullDisk: Row = {
  name: 'full-disk',
  fault: `the disk of the tables (${megabytes} MB, a file system of its own) is full, then has room again`,
  missing: async () => ((await SmallDisk.mayMount()) ? null : 'nothing may be mounted here.'),
  async run(scene) {
    const disk = await SmallDisk.mount(megabytes, join(scene.server.folder, 'pg'));
    if (!disk) throw new Error('Nothing can be mounted here.');
    await moveTo(scene, disk);
    const http = await scene.start('http');
    await scene.start('worker');
    await scene.found();
    await scene.owner.query('select'); // connected before it is too late for that
    const feeding = feed(scene);
    try {
      await scene.fault('the disk is full', () => fill(disk));
      await until('A request is answered with 503', async () => (await answeredWith(http.url, 503)) > 0);
      await pause(scene.play.scale * 1_000);
    } finally {
      await disk.free();
      await feeding.end();
    }
  },
};

/**
 * New connections fail, too: each writes what PostgreSQL keeps of the catalogue, when that is not there, as after a restart
 * or when autovacuum was at the catalogue.
 */
async function fill(disk: SmallDisk): Promise<void> {
  await disk.fill();
  await rm(join(disk.takenIn, 'pg_internal.init'), { force: true });
  await disk.fill();
}

/** Puts the database's folder on the disk, as a table space would; nobody is connected to it yet. */
async function moveTo(scene: Scene, disk: SmallDisk): Promise<void> {
  const name = new URL(scene.databaseUrl).pathname.slice(1);
  const admin = new pg.Client({ connectionString: scene.server.urlOf('halyard') });
  await admin.connect();
  const { rows } = await admin.query('select oid from pg_database where datname = $1', [name]);
  const folder = join(scene.server.folder, 'pg', 'base', String(rows[0].oid));
  await disk.takeIn(folder);
  scene.atEnd(async () => {
    await admin.query(`drop database ${pg.escapeIdentifier(name)} with (force)`).finally(() => admin.end());
    await disk.unmount();
    await rm(folder, { force: true });
  });
}
