import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { N8nFailure } from './failure.ts';

/** What a command said; fails with `failed` and the end of that when it ends with anything but 0. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, failed }: { cwd: string; env?: NodeJS.ProcessEnv; failed: string },
): Promise<string> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, 'close').catch((error: Error) => [error.message]);
  const text = Buffer.concat(said).toString();
  if (code !== 0) throw new N8nFailure(`${failed} (${command} ended with ${code}):\n${text.slice(-2000)}`);
  return text;
}
