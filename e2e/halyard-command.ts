import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';

export const commandLine = join(import.meta.dirname, '../packages/cli/dist/main.js');

/** The environment of somebody whose machine has no Halyard but the one in `home`. */
export function environmentOf(home: string, more: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, HALYARD_URL: __, HALYARD_API_KEY: ___, ...inherited } = process.env;
  return { ...inherited, HALYARD_HOME: home, ...more };
}

/** Runs the command line in `home` as an operator would. It never answers with a stack. */
export async function runHalyard(home: string, args: string[], more: Record<string, string>) {
  const options = { cwd: home, env: environmentOf(home, more) };
  const run = promisify(execFile)('node', [commandLine, ...args], options);
  const { stdout, stderr } = await run.catch((failed) => failed);
  expect(stderr).not.toContain('    at ');
  return { exitCode: run.child.exitCode, stdout: stdout as string, stderr: stderr as string };
}
