import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackedUp } from '../testing/backed-up.js';
import { backUp, openBackedUp } from '../testing/backed-up.js';
import { Snapshot } from './snapshot.js';
import { writeBackup } from './write-backup.js';

let made: BackedUp;
beforeAll(async () => {
  made = await openBackedUp();
});
afterAll(() => made.remove());

test('the file is for its owner only, and its checksum is the one that sha256sum tells', async () => {
  const other = join(made.folder, 'again.backup');
  const written = await backUp(made.db.url, other);
  const { mode, size } = await stat(other);
  expect(mode & 0o777).toBe(0o600);
  const sha256 = createHash('sha256')
    .update(await readFile(other))
    .digest('hex');
  expect(written).toMatchObject({ bytes: size, sha256, rows: expect.any(Number) });
  await expect(stat(`${other}.part`)).rejects.toThrow('ENOENT');
});

test('a backup whose connection breaks in the middle leaves no file, and the next one can begin', async () => {
  const snapshot = await Snapshot.open(made.db.url);
  const broken = join(made.folder, 'broken.backup');
  async function* breaking() {
    for await (const chunk of snapshot.read()) {
      yield chunk;
      await made.db.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'halyard_backup' and datname = current_database()`,
      );
    }
  }
  await expect(writeBackup({ rows: 0, read: breaking }, broken)).rejects.toThrow();
  await snapshot.close();
  for (const name of [broken, `${broken}.part`]) await expect(stat(name)).rejects.toThrow('ENOENT');
  await backUp(made.db.url, broken);
});
