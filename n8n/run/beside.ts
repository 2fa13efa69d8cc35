import { createServer } from 'node:net';
import { join } from 'node:path';
import { lockFolder } from '@halyard/api/local/folder-lock';
import { beginningOf } from '@halyard/api/local/process-facts';
import type { Pushed } from '@halyard/cli/n8n/push';
import { pushWorkflows } from '@halyard/cli/n8n/push';
import { workflowFiles } from '@halyard/cli/n8n/workflow-files';
import { acquaint } from './acquaint.ts';
import { endFormer } from './end-former.ts';
import { N8nFailure } from './failure.ts';
import { halyardHere } from './halyard-here.ts';
import type { Kept } from './kept.ts';
import { KeptAccess } from './kept.ts';
import type { N8nProcess } from './n8n-process.ts';
import { startN8n } from './n8n-process.ts';
import { installNodePackage } from './node-package.ts';
import { packNodePackage } from './pack-node-package.ts';
import { fetchRuntime } from './runtime.ts';

const repository = join(import.meta.dirname, '../..');

/** An n8n that knows Halyard, and how to end it and what was started with it. */
export interface Beside {
  url: string;
  email: string;
  password: string;
  callersToken: string;
  pushed: Pushed[];
  logFile: string;
  /** Resolves with what happened when n8n or Halyard ends by itself. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

/**
 * A real n8n beside the Halyard on this folder: fetched when it is not there, with our package, credentials and workflows.
 * What was done before is not done again. `signal` breaks it off between two steps.
 */
export async function startBeside(
  home: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Beside> {
  const folder = join(home, 'n8n');
  const access = new KeptAccess(folder);
  const started: (() => Promise<void> | void)[] = [lockFolder(join(folder, 'lock'), 'n8n')];
  const stop = async () => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    await fetchRuntime(say);
    signal.throwIfAborted();
    const halyard = await halyardHere(home, say);
    started.push(halyard.stop);
    signal.throwIfAborted();
    const kept = access.read(halyard.access?.email ?? 'owner@halyard.example');
    await installNodePackage(await packNodePackage(join(folder, 'package')), folder);
    await endFormer(kept);
    const n8n = await start(folder, kept, say);
    started.push(n8n.stop);
    Object.assign(kept, {
      url: n8n.url,
      process: { pid: n8n.child.pid, began: beginningOf(n8n.child.pid ?? 0) },
    });
    access.write(kept);
    signal.throwIfAborted();
    const api = await acquaint(halyard, n8n, kept, () => access.write(kept));
    const pushed = await pushWorkflows(api, await workflowFiles(join(repository, 'n8n/workflows')));
    const { email, password, callers_token: callersToken } = kept;
    const lost = Promise.race([
      n8n.ended.then((code) => `n8n ended by itself (${code}). Its log: ${join(folder, 'n8n.log')}`),
      halyard.ended.then((code) => `Halyard ended by itself (${code}).`),
    ]);
    return {
      url: n8n.url,
      email,
      password,
      callersToken,
      pushed,
      logFile: join(folder, 'n8n.log'),
      lost,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(folder: string, kept: Kept, say: (line: string) => void): Promise<N8nProcess> {
  const port = Number(process.env.N8N_PORT || 5678);
  if (!(await isFree(port)))
    throw new N8nFailure(`Port ${port} is in use. Choose another one, as in: N8N_PORT=5679 npx pnpm@12 n8n`);
  say('… Starting n8n');
  const n8n = await startN8n({ folder, port, encryptionKey: kept.encryption_key });
  say(`✓ Starting n8n (${n8n.url})`);
  return n8n;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
