import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nApi } from '@halyard/cli/n8n/n8n-api';
import { createHalyard } from '@halyard/client/client';
import type { TestProject } from 'vitest/node';
import { freePort, place, startHalyard } from '../e2e/halyard-process.ts';
import type { Owner } from '../n8n/run/account.ts';
import { Account } from '../n8n/run/account.ts';
import { newCallersToken, newSigningSecret, tellHalyard, tellN8n } from '../n8n/run/introduce.ts';
import { startN8n } from '../n8n/run/n8n-process.ts';
import { installNodePackage } from '../n8n/run/node-package.ts';
import { packNodePackage } from '../n8n/run/pack-node-package.ts';
import { isFetched } from '../n8n/run/runtime.ts';
import { startSwitch } from './switch.ts';

/** Where everything is, for the tests. */
export interface Scene {
  halyard: {
    url: string;
    apiKey: string;
    email: string;
    password: string;
    databaseUrl: string;
    home: string;
  };
  n8n: { url: string; apiKey: string; owner: Owner };
  /** Of the connection `n8n` in Halyard and the credential `Halyard signing` in n8n. */
  signingSecret: string;
  /** Of the credential `Halyard callers`: what services send to the workflows' hooks as `Authorization: Bearer …`. */
  callersToken: string;
  /** The folder that workflows may write into. */
  files: string;
  /** Stops and starts n8n. */
  switchUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    scene: Scene;
  }
}

/** One real Halyard and one real n8n for the whole suite, on loopback, that know each other. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (!isFetched()) throw new Error('n8n is not here yet. Run the suite with: npx pnpm@12 test:n8n');
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    const { home, port, remove } = await place();
    started.push(remove);
    const halyard = startHalyard(
      { HALYARD_HOME: home, PORT: String(port), HALYARD_ALERT_SECONDS: '1' },
      'e2e-n8n/halyard-without-pages.ts',
    );
    started.push(() => {
      halyard.child.kill('SIGTERM');
      return halyard.ended;
    });
    const folder = join(home, '../n8n');
    await installNodePackage(await packNodePackage(join(home, '..')), folder);
    const files = join(home, '../files');
    mkdirSync(files);
    const env = { N8N_RESTRICT_FILE_ACCESS_TO: files };
    const encryptionKey = 'a key for the length of a test';
    const options = { folder, port: await freePort(), encryptionKey, env };
    const n8n = await startSwitch(() => startN8n(options));
    started.push(n8n.stop);
    await halyard.printed('Ctrl-C stops everything');
    const scene = await introduce(home, n8n.url);
    project.provide('scene', { ...scene, files, switchUrl: n8n.switchUrl });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function introduce(home: string, n8nUrl: string): Promise<Omit<Scene, 'switchUrl' | 'files'>> {
  const access = JSON.parse(readFileSync(join(home, 'access.json'), 'utf8'));
  const { url, api_key: apiKey, email, password } = access;
  const { database_url: databaseUrl } = JSON.parse(readFileSync(join(home, 'running.json'), 'utf8'));
  const secrets = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'));
  const operationsToken: string = secrets.OPERATIONS_TOKEN;
  const owner = { email: 'owner@halyard.example', password: 'Owner-of-n8n-1' };
  const key = await (await Account.open(n8nUrl, owner)).apiKey('tests');
  const signingSecret = newSigningSecret();
  const callersToken = newCallersToken();
  const known = {
    halyard: { url, apiKey },
    n8n: { url: n8nUrl },
    signingSecret,
    callersToken,
    operationsToken,
  };
  await tellN8n(new N8nApi(n8nUrl, key), known, true);
  await tellHalyard(createHalyard({ url, apiKey }), known, true);
  return {
    halyard: { url, apiKey, email, password, databaseUrl, home },
    n8n: { url: n8nUrl, apiKey: key, owner },
    signingSecret,
    callersToken,
  };
}
