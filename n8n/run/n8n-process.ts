import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../bench/frame/free-port.ts';
import { N8nFailure } from './failure.ts';
import { n8nScript } from './runtime.ts';

/** A real n8n on loopback. */
export interface N8nProcess {
  url: string;
  child: ChildProcess;
  /** Its exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
  /** Lets it finish what it does. */
  stop(): Promise<void>;
}

export interface N8nOptions {
  /** Holds `.n8n` with its database and installed packages, and `n8n.log`. */
  folder: string;
  port: number;
  /** Of the stored credentials: an n8n with another key cannot read them. */
  encryptionKey: string;
  /** More of n8n's settings, or others. */
  env?: Record<string, string>;
}

/** Quiet and on loopback: nothing is told to or asked of its vendor, and it is reached from this machine only. */
const settings = {
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  N8N_SECURE_COOKIE: 'false',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_PYTHON_ENABLED: 'false',
  N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub',
  // The type list of packages from elsewhere is asked of its vendor otherwise; ours lies in the folder.
  N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
  N8N_LOG_LEVEL: 'warn',
};

/** Starts n8n and waits until it is ready. */
export async function startN8n({ folder, port, encryptionKey, env }: N8nOptions): Promise<N8nProcess> {
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(join(folder, 'n8n.log'), { flags: 'a', mode: 0o600 });
  const child = spawn(process.execPath, [n8nScript(), 'start'], {
    cwd: folder,
    env: {
      ...withoutN8n(process.env),
      ...settings,
      N8N_USER_FOLDER: folder,
      N8N_PORT: String(port),
      N8N_RUNNERS_BROKER_PORT: String(await freePort()),
      N8N_ENCRYPTION_KEY: encryptionKey,
      WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own: Ctrl-C is for us, who stop it in order.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  // Who ends without stopping it, a test run that was broken off, leaves none behind.
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const ended = once(child, 'close').then(([code, signal]) => {
    log.end();
    process.off('exit', endWithUs);
    return (code ?? signal) as number | string;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(url, ended);
  } catch (error) {
    await stop();
    const file = join(folder, 'n8n.log');
    throw new N8nFailure(
      `${(error as Error).message} The end of ${file}:\n${readFileSync(file, 'utf8').slice(-2000)}`,
    );
  }
  return { url, child, ended, stop };
}

/** Settings of another n8n of this machine's owner must not reach this one. */
const withoutN8n = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(N8N|DB|QUEUE|EXECUTIONS|VITEST)(_|$)|^NODE_(OPTIONS|ENV)$/.test(name),
    ),
  );

/** `/healthz` answers before the migrations are done; this one does not. */
async function ready(url: string, ended: Promise<unknown>): Promise<void> {
  let over: unknown = null;
  void ended.then((code) => {
    over = code;
  });
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (over !== null) throw new Error(`n8n ended with ${over} before it was ready.`);
    const answer = await fetch(`${url}/healthz/readiness`).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
  throw new Error('n8n was not ready after two minutes.');
}
