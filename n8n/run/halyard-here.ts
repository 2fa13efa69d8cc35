import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from '@halyard/cli/connect';
import { createHalyard } from '@halyard/client/client';
import { scopes } from '@halyard/contracts/route';
import { N8nFailure } from './failure.ts';

/** What `pnpm start` keeps of its sample organization. */
interface Access {
  url: string;
  email: string;
  password: string;
  organization_id?: string;
}

export interface HalyardHere {
  url: string;
  access: Access | null;
  /** Opens its backups. */
  operationsToken: string | null;
  /** Resolves when a Halyard that was started here ends by itself. */
  ended: Promise<unknown>;
  /** Ends it if it was started here. */
  stop(): Promise<void>;
}

const repository = join(import.meta.dirname, '../..');

/** The Halyard that runs on this folder; when none does, it is started, and stopped with n8n. */
export async function halyardHere(home: string, say: (line: string) => void): Promise<HalyardHere> {
  const running = read<{ url: string }>(join(home, 'running.json'));
  if (running && (await answers(running.url)))
    return {
      url: running.url,
      access: accessIn(home),
      operationsToken: operationsTokenIn(home),
      ended: new Promise(() => {}),
      stop: async () => {},
    };
  // In a group of its own: Ctrl-C is for us, who stop both in order.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'scripts/start.ts'], {
    cwd: repository,
    env: { ...process.env, HALYARD_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  await new Promise<void>((resolve, reject) => {
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk;
      say(chunk.toString().trimEnd());
      if (told.includes('Ctrl-C stops everything')) resolve();
    });
    void ended.then((code) => reject(new N8nFailure(`Halyard ended with ${code} before it ran.`)));
  });
  const url = read<{ url: string }>(join(home, 'running.json'))?.url ?? '';
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, access: accessIn(home), operationsToken: operationsTokenIn(home), ended, stop };
}

/** A new key that may do everything a key may: HALYARD_API_KEY, else one that the owner of the sample makes. */
export async function keyForN8n({ url, access }: Pick<HalyardHere, 'url' | 'access'>): Promise<string> {
  if (process.env.HALYARD_API_KEY) return process.env.HALYARD_API_KEY;
  if (!access)
    throw new N8nFailure(
      'This Halyard has no sample organization whose owner could make an API key for n8n. Make one in the dashboard (Settings, API keys) and set HALYARD_API_KEY to it.',
    );
  const { email, password, organization_id: organizationId } = access;
  const login = await createHalyard({ url }).POST('/auth/login', { body: { email, password } });
  if (login.error)
    throw new N8nFailure(
      `${email} cannot sign in to Halyard any more with the password that is kept here. Make an API key in the dashboard (Settings, API keys) and set HALYARD_API_KEY to it.`,
    );
  const { token } = answer(login);
  const owner = createHalyard({ url, token, ...(organizationId && { organizationId }) });
  const body = { name: 'n8n', scopes: [...scopes], expires_at: null };
  return answer(await owner.POST('/api-keys', { body })).key;
}

/** Whether a key still opens Halyard. */
export async function opens(url: string, apiKey: string): Promise<boolean> {
  return (await createHalyard({ url, apiKey }).GET('/connections')).response.ok;
}

const operationsTokenIn = (home: string): string | null =>
  process.env.OPERATIONS_TOKEN ||
  (read<{ OPERATIONS_TOKEN?: string }>(join(home, 'secrets.json'))?.OPERATIONS_TOKEN ?? null);

const accessIn = (home: string): Access | null => read<Access>(join(home, 'access.json'));

const read = <T>(file: string): T | null =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => true,
    () => false,
  );
