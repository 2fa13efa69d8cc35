import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { results } from './bed.ts';
import type { Aim, Figure } from './bench.ts';

/** How far a figure is from its aim: a number that is not met says by how much of the aim. */
export function distanceOf(value: number, aim: Aim): string {
  const wanted = 'atLeast' in aim ? aim.atLeast : aim.atMost;
  const met = 'atLeast' in aim ? value >= wanted : value <= wanted;
  if (met) return 'met';
  const share = `${Math.max(1, Math.round((Math.abs(value - wanted) / wanted) * 100))} %`;
  return 'atLeast' in aim ? `${share} short` : `${share} over`;
}

/** Three digits say all that one run can. */
const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

const aimOf = (aim: Aim): string =>
  'atLeast' in aim ? `≥ ${rounded(aim.atLeast)}` : `≤ ${rounded(aim.atMost)}`;

/** A figure as people and programs read it. */
const rowOf = ({ what, value, unit, ceiling, aim }: Figure) => ({
  what,
  value: rounded(value),
  unit,
  ...(ceiling && { ceiling: rounded(ceiling), of_ceiling: Number((value / ceiling).toFixed(2)) }),
  ...(aim && { aim: aimOf(aim), distance: distanceOf(value, aim) }),
});

export const printTable = (figures: readonly Figure[]): void =>
  console.table(Object.fromEntries(figures.map(rowOf).map(({ what, ...row }) => [what, row])));

/** Where and of what something was measured. */
export interface Circumstances {
  commit: string;
  machine: { processors: number; model: string | undefined; memory_gb: number };
  versions: { node: string; postgresql: string };
}

export async function circumstances(owner: pg.Pool): Promise<Circumstances> {
  const { rows } = await owner.query<{ server_version: string }>('show server_version');
  return {
    commit: await commitOf(),
    machine: {
      processors: cpus().length,
      model: cpus()[0]?.model,
      memory_gb: Math.round(totalmem() / 2 ** 30),
    },
    versions: { node: process.version, postgresql: rows[0]?.server_version ?? '' },
  };
}

/** With a + when files were changed since. */
async function commitOf(): Promise<string> {
  try {
    const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: import.meta.dirname });
    const { stdout: commit } = await git('rev-parse', '--short=12', 'HEAD');
    const { stdout: changed } = await git('status', '--porcelain', '--untracked-files=no');
    return commit.trim() + (changed.trim() ? '+' : '');
  } catch {
    return 'unknown';
  }
}

/** Writes bench/results/<name>.json; a quick run goes beside it and never over it. */
export async function keepResult(
  name: string,
  quick: boolean,
  took: number,
  around: Circumstances,
  figures: readonly Figure[],
): Promise<void> {
  await mkdir(results, { recursive: true });
  const result = {
    bench: name,
    date: new Date().toISOString(),
    ...around,
    took_seconds: Math.round(took),
    figures: figures.map(rowOf),
  };
  await writeFile(
    join(results, quick ? `${name}.quick.json` : `${name}.json`),
    `${JSON.stringify(result, null, 2)}\n`,
  );
}
