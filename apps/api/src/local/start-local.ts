import type { Settings } from '@halyard/contracts/settings';
import { readSettings } from '@halyard/contracts/settings';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';
import { destination } from 'pino';
import { assertPortFree } from '../http/listen-failure.js';
import { createLog } from '../operations/log.js';
import { startServer } from '../server.js';
import { lockFolder } from './folder-lock.js';
import type { Access, Home } from './home.js';
import type { Progress } from './progress.js';
import { seedSample } from './sample/seed-sample.js';

export interface LocalServer {
  url: string;
  access: Access | null;
  logFile: string;
  /** When the backup was taken that this was restored from, while it is not released. */
  standsStillSince: Date | null;
  stop(): Promise<void>;
  /** Resolves with its last words when the built-in database ends by itself; never with a database of one's own. */
  databaseLost: Promise<string>;
}

type Env = Record<string, string | undefined>;

/**
 * Everything on one machine from nothing: the built-in database unless DATABASE_URL is set, generated secrets, the
 * sample organization on the first start, HTTP and loops in this process. `signal` breaks it off between two steps;
 * then, and when a step fails, what was started is stopped again.
 */
export async function startLocal(
  home: Home,
  env: Env,
  progress: Progress,
  signal: AbortSignal,
): Promise<LocalServer> {
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    started.push(lockFolder(home.file('lock')));
    const settings = localSettings(home, env);
    await assertPortFree(settings.PORT, settings.HOST);
    let databaseLost = new Promise<string>(() => {});
    if (!env.DATABASE_URL) {
      const database = await progress.step('Starting the built-in PostgreSQL', () => startDatabase(home));
      started.push(() => database.stop());
      settings.DATABASE_URL = database.urlOf('halyard');
      databaseLost = database.lost;
    }
    signal.throwIfAborted();
    const { already } = await progress.step('Bringing the database up to date', () =>
      migrate(settings.DATABASE_URL),
    );
    signal.throwIfAborted();
    const logFile = home.file('halyard.log');
    const log = createLog(settings.LOG_LEVEL, destination({ dest: logFile, sync: true, mode: 0o600 }));
    const server = await progress.step('Starting the server and its loops', () => startServer(settings, log));
    started.push(() => server.stop());
    started.push(home.tellRunning({ url: server.url, database_url: settings.DATABASE_URL }));
    signal.throwIfAborted();
    const access = await seedSample(home, server.url, already === 0, progress);
    const { standsStillSince } = server;
    return { url: server.url, access, logFile, stop, databaseLost, standsStillSince };
  } catch (error) {
    await stop();
    throw error;
  }
}

const startDatabase = (home: Home) =>
  startEmbeddedServer({
    dataDir: home.file('postgres'),
    password: home.secrets().DATABASE_PASSWORD,
    persistent: true,
  });

/** What the environment says, else what was generated. Providers and webhooks may be on this machine. */
function localSettings(home: Home, env: Env): Settings {
  const { HALYARD_SECRET, HALYARD_ENCRYPTION_KEYS, OPERATIONS_TOKEN } = home.secrets();
  const settings = readSettings({
    DATABASE_URL: 'postgres://built-in',
    HALYARD_SECRET,
    HALYARD_ENCRYPTION_KEYS,
    OPERATIONS_TOKEN,
    HALYARD_BACKUP_DIR: home.file('backups'),
    HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true',
    HALYARD_MAIL_FILE: home.file('mails.jsonl'),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value)),
  });
  settings.PUBLIC_URL ??= `http://${settings.HOST === '0.0.0.0' ? '127.0.0.1' : settings.HOST}:${settings.PORT}`;
  return settings;
}
