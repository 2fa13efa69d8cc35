import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HalyardProcess } from './halyard-process.js';
import { place, startHalyard } from './halyard-process.js';

/** What the README tells a newcomer to paste, pasted. */

const repository = join(import.meta.dirname, '..');
const readme = readFileSync(join(repository, 'README.md'), 'utf8');
let home: string;
let port: number;
let remove: () => Promise<void>;
let halyard: HalyardProcess;

beforeAll(async () => {
  ({ home, port, remove } = await place());
  halyard = startHalyard({ HALYARD_HOME: home, PORT: String(port) });
  await halyard.printed('Ctrl-C stops everything');
}, 180_000);
afterAll(async () => {
  halyard?.child.kill('SIGINT');
  await halyard?.ended;
  await remove?.();
}, 60_000);

/** The blocks of a text as one script, with the port and folder of this server. */
function scriptOf(text: string): string {
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(([, block = '']) => block)
    .join('\necho; echo "=== next"\nsleep 1\n')
    .replace('http://127.0.0.1:4100', `http://127.0.0.1:${port}`)
    .replace('.halyard/access.json', join(home, 'access.json'))
    .replace(/\/tmp\/(\w+\.json)/g, (_, file: string) => join(home, file));
}

const paste = (text: string) =>
  promisify(execFile)('bash', ['-eu', '-c', scriptOf(text)], {
    cwd: repository,
    env: { ...process.env, HALYARD_HOME: home },
  });

test('the five-minute tour works as pasted', async () => {
  const tour = readme.slice(readme.indexOf('## Five minutes'), readme.indexOf('## What is in it'));
  const { stdout, stderr } = await paste(tour);
  const [, booked, plan, inbox, moved, story, cancelled] = stdout.split('=== next');
  expect(stderr).toBe('');
  expect(booked).toContain('"status":"confirmed"');
  expect(plan).toMatch(/2027-06-14 09:00 Europe\/Berlin\s+email\s+7 Tage vorher\s+scheduled/);
  expect(inbox).toMatch(/lena@mail\.example\s+Gebucht: SKS-Praxistörn/);
  expect(moved).toMatch(/2027-06-21 09:00 Europe\/Berlin\s+email\s+7 Tage vorher\s+scheduled moved/);
  expect(story).toMatch(/All rules let it through: it was handed over by email/);
  expect(cancelled).toMatch(/7 Tage vorher\s+cancelled \(subject_cancelled\)/);
  expect(cancelled).not.toMatch(/ scheduled/);
});

test('what the page about explanations shows works as pasted', async () => {
  const { stdout, stderr } = await paste(readFileSync(join(repository, 'docs/explain.md'), 'utf8'));
  const [, message, contact, commands] = stdout.split('=== next');
  expect(stderr).toBe('');
  expect(message).toMatch(/All rules let it through[\s\S]*It was delivered\./);
  expect(contact).toContain('If event.payload.amount were 100 instead of 80, it would enter.');
  expect(commands).toMatch(/Sie wurde zugestellt\.[\s\S]*it would enter\./);
});

test('what the page about simulations shows works as pasted', async () => {
  const { stdout, stderr } = await paste(readFileSync(join(repository, 'docs/simulate.md'), 'utf8'));
  const [, story, recorded, commands] = stdout.split('=== next');
  expect(stderr).toBe('');
  expect(story).toMatch(/"local": "2026-06-26T09:00:00-04:00"[\s\S]*"content": \{/);
  expect(recorded).toMatch(/"messages": \{\s+"sent": \d+/);
  expect(commands).toMatch(/Anna +2026-06-26T09:00:00-04:00 +tomorrow +sent +email[\s\S]*40 % are opened/);
}, 120_000);

test('the command line says what to do where nothing is installed, and is found through a link', async () => {
  const elsewhere = join(home, 'elsewhere');
  mkdirSync(elsewhere);
  copyFileSync(join(repository, 'halyard'), join(elsewhere, 'halyard'));
  const failure = await promisify(execFile)(join(elsewhere, 'halyard'), ['status']).catch((error) => error);
  expect(failure).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`not installed in ${elsewhere} yet`),
  });
  symlinkSync(join(repository, 'halyard'), join(elsewhere, 'linked'));
  const { stdout } = await promisify(execFile)(join(elsewhere, 'linked'), ['--help']);
  expect(stdout).toContain('What an operator of Halyard needs');
});

test('every file that the README and the docs link to is there', () => {
  for (const page of [
    'README.md',
    'docs/architecture.md',
    'docs/concepts.md',
    'docs/explain.md',
    'docs/guide/de.md',
    'docs/guide/en.md',
    'docs/simulate.md',
    'docs/operations.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
  ]) {
    const links = readFileSync(join(repository, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g);
    for (const [, link = ''] of links)
      expect(existsSync(join(repository, dirname(page), link)), `${page} → ${link}`).toBe(true);
  }
});
