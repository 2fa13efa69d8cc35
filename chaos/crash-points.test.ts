import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crashPoints } from '@halyard/core/crash-points';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const core = join(root, 'packages/core');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Runs in a process of its own, as production does but for these arguments: what is the crash point there? */
const inProcess = (script: string, ...nodeArguments: string[]): string =>
  execFileSync(process.execPath, [...nodeArguments, '--input-type=module', '--eval', script], {
    cwd: core,
    encoding: 'utf8',
    env: { ...process.env, HALYARD_CRASH_AT: 'intent-committed', HALYARD_CRASH_PASSING: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
const source = `
  import { crashPoint } from '#crash-point';
  crashPoint('intent-committed');
  console.log(import.meta.resolve('#crash-point'), crashPoint.toString());`;

test('in production a crash point is an empty function, whatever the environment says', () => {
  const [file = '', ...text] = inProcess(source).split(' ');
  expect(file).toMatch(/packages\/core\/dist\/crash-point\.js$/);
  expect(text.join(' ')).toMatch(/^function crashPoint\(_name\) \{\s*\}$/);
});

test('with the condition that the suite gives it, it kills', () => {
  expect(() => inProcess(source, '--conditions=chaos')).toThrow(
    expect.objectContaining({ signal: 'SIGKILL' }),
  );
});

test('nothing that is built for production reaches the one that kills', () => {
  const built = globSync('{apps,packages}/*/dist/**/*.js', { cwd: root });
  expect(built.length).toBeGreaterThan(100);
  const dangerous = built.filter((file) => /import.*testing\/crash-point|HALYARD_CRASH/.test(read(file)));
  expect(dangerous).toEqual([]);
});

test('every point that is named is passed somewhere, and every one that is passed is named', () => {
  const sources = globSync('{apps,packages}/*/src/**/*.ts', { cwd: root });
  const passed = sources.flatMap((file) =>
    [...read(file).matchAll(/crashPoint\('([^']+)'\)/g)].map(([, name]) => name),
  );
  expect([...new Set(passed)].sort()).toEqual([...crashPoints].sort());
});
