import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Runs the command behind `pnpm bench`, with small counts. */
async function bench(...names: string[]) {
  const run = promisify(execFile)('node', ['bench/run.ts', ...names, '--quick'], { cwd: root });
  const { stdout, stderr } = await run.catch((failed) => failed);
  return { exitCode: run.child.exitCode, stdout: stdout as string, stderr: stderr as string };
}

test('a bench fills its own database, measures beside its ceiling, and keeps what it saw', async () => {
  const { exitCode, stdout, stderr } = await bench('plan');
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('booking to plan at 50/s, p99');
  const kept = JSON.parse(await readFile(join(root, 'bench/results/plan.quick.json'), 'utf8'));
  expect(kept).toMatchObject({
    bench: 'plan',
    versions: { node: process.version },
  });
  const [, figure] = kept.figures;
  expect(figure).toMatchObject({ unit: 'ms', ceiling: expect.any(Number), aim: '≤ 100' });
}, 120_000);

test('a name that is none is told, with those that are', async () => {
  const { exitCode, stderr } = await bench('speed');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('There is no bench speed. Choose from: dispatch');
});
