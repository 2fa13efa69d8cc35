import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began, in whatever unit: tells it from a later one with the same number. Empty when there is none. */
export const beginningOf = (pid: number): string => facts(pid)[1];

export const parentOf = (pid: number): number => Number(facts(pid)[0]);

export const commandOf = (pid: number): string =>
  (process.platform === 'linux'
    ? read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
    : ask(pid, 'command')
  ).trim();

function facts(pid: number): [parent: string, beginning: string] {
  if (process.platform !== 'linux') return [ask(pid, 'ppid'), ask(pid, 'lstart')];
  // proc(5): the name, field 2, may hold spaces and ends with the last parenthesis; then field 4 and field 22.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return [fields[1] ?? '', fields[19] ?? ''];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const ask = (pid: number, fact: string): string =>
  spawnSync('ps', ['-o', `${fact}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
