import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KeptAccountMail } from './kept-account-mail.js';

const link = 'https://halyard.example/auth/links/password?token=secret';
let folder: string;
let file: string;
let lines: string[];
const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-mails-'));
  file = join(folder, 'mails.jsonl');
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

const reset = (to: string) => ({ kind: 'password_reset' as const, to, locale: null, link });

test('the link is in a file for its owner only, and neither it nor the address in the log', async () => {
  await new KeptAccountMail(file, log).send(reset('anna@example.com'));
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    to: 'anna@example.com',
    text: expect.stringContaining(link),
  });
  expect(lines[0]).toContain('halyard mails');
  expect(lines.join()).not.toMatch(/secret|anna/);
});

test('the newest are kept, in the order in which they were written', async () => {
  const mail = new KeptAccountMail(file, log);
  for (let n = 0; n < 25; n++) await mail.send(reset(`p${n}@example.com`));
  await vi.waitFor(() => expect(lines).toHaveLength(25));
  const kept = (await readFile(file, 'utf8')).trim().split('\n');
  expect(kept.map((line) => JSON.parse(line).to)).toEqual(
    Array.from({ length: 20 }, (_, n) => `p${n + 5}@example.com`),
  );
});

test('without a file the log says what to set, and no more', async () => {
  await new KeptAccountMail(undefined, log).send(reset('anna@example.com'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/HALYARD_SMTP_URL, or HALYARD_MAIL_FILE/);
  expect(lines.join()).not.toMatch(/secret|anna/);
});

test('a folder that cannot be written is told, and stops nobody', async () => {
  await new KeptAccountMail(join(folder, 'missing', 'mails.jsonl'), log).send(reset('anna@example.com'));
  await vi.waitFor(() => expect(lines[0]).toContain('account mail failed'));
});
