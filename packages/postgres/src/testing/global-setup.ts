import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../embedded-server.js';
import { migrate } from '../migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's URL of the server's maintenance database; `template` is the migrated database to clone. */
    databaseServer: { url: string; template: string };
  }
}

/** One embedded server per test run, with one migrated template that every suite clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'halyard-test-'));
  await chmod(dataDir, 0o755); // as root the server runs as the user postgres, who must get in
  const server = await startEmbeddedServer({
    dataDir: join(dataDir, 'pg'),
    password: randomBytes(12).toString('hex'),
    persistent: false,
    // Tests do not survive a power cut; they need not wait for the disk.
    flags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ],
  });
  const template = 'halyard_template';
  const owner = new pg.Client({ connectionString: server.urlOf('halyard') });
  await owner.connect();
  await owner.query(`create database ${template}`);
  await owner.end();
  await migrate(server.urlOf(template));
  project.provide('databaseServer', { url: server.urlOf('halyard'), template });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
