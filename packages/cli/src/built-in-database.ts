import { join } from 'node:path';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { databaseUrl } from './database.js';
import { CommandFailure } from './failure.js';
import { halyardHome, localDatabaseUrl, localSecrets } from './home.js';

/**
 * Calls `work` with DATABASE_URL, or with that of the built-in database, which is started for it: a Halyard that starts on an
 * empty folder would fill it with the sample.
 */
export async function withEmptyDatabase(work: (url: string) => Promise<void>): Promise<void> {
  if (process.env.DATABASE_URL || localDatabaseUrl()) return work(databaseUrl());
  const { DATABASE_PASSWORD: password } = localSecrets();
  if (!password)
    throw new CommandFailure(
      `Put secrets.json of the installation that was backed up into ${halyardHome()} first: without it nothing that is encrypted can be read. Or set DATABASE_URL to an empty database of yours.`,
    );
  const server = await startEmbeddedServer({
    dataDir: join(halyardHome(), 'postgres'),
    password,
    persistent: true,
  });
  try {
    await work(server.urlOf('halyard'));
  } finally {
    await server.stop();
  }
}
