import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutPrefix } from '../http/api-prefix.js';
import { readDashboard } from './dashboard-files.js';
import { serveDashboard } from './serve-dashboard.js';

const code = 'self.next=[1]';
const built = {
  'out/en.html': `<script src="/_next/static/a.js"></script><script>${code}</script>`,
  'out/de.html': 'Hallo',
  'out/en/messages.html': 'Messages',
  'out/en/not-found.html': 'Nothing here',
  'out/de/not-found.html': 'Hier ist nichts',
  'out/en/messages/__next.$d$locale.txt': 'payload',
  'out/_next/static/a.js': 'let a',
  'out/built-from': 'hash',
  'secret.txt': 'secret',
};

let folder: string;
let fastify: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-dashboard-'));
  for (const [name, text] of Object.entries(built)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  fastify = Fastify({ rewriteUrl: ({ url = '/' }) => withoutPrefix(url) });
  serveDashboard(fastify, await readDashboard(join(folder, 'out')));
  fastify.get('/messages', async () => ({ items: [] }));
  fastify.get('/auth/links/:kind', async () => 'plain page');
});
afterAll(async () => {
  await fastify.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => fastify.inject({ url, headers });

test('pages, their payloads and the API stand side by side', async () => {
  expect((await get('/en/messages?status=sent')).body).toBe('Messages');
  expect((await get('/en/messages/__next.%24d%24locale.txt')).body).toBe('payload');
  expect((await get('/messages')).json()).toEqual({ items: [] });
  expect((await get('/api/messages')).json()).toEqual({ items: [] });
});

test('a page lets run what stands in it and what is ours, and nothing else', async () => {
  const policy = String((await get('/en')).headers['content-security-policy']);
  const hash = createHash('sha256').update(code).digest('base64');
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test('the frame that mail is shown in lets styles through, is for our pages only, and runs nothing', async () => {
  const { headers } = await get('/mail-frame');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("style-src 'unsafe-inline'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script/);
  expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  expect((await get('/en')).headers['content-security-policy']).toContain("frame-src 'self';");
});

test('what is named by its hash is kept for good, pages are asked for again', async () => {
  expect((await get('/_next/static/a.js')).headers['cache-control']).toContain('immutable');
  const page = await get('/en', { 'accept-encoding': 'gzip' });
  expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-encoding': 'gzip' });
  const again = await get('/en', { 'if-none-match': String(page.headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test.each([
  '/en/../secret.txt',
  '/en/%2e%2e/secret.txt',
  '/en/..%2f..%2fsecret.txt',
  '/_next/%5c..%5csecret.txt',
  '/en/%00',
  '/en/%',
  '/en/built-from',
  '/_next/../built-from',
])('nothing but the built files can be had (%s)', async (url) => {
  const { statusCode, body } = await get(url);
  expect([400, 404]).toContain(statusCode);
  expect(body).not.toMatch(/secret$|^hash/);
});

test('an address that leads nowhere is told in the reader’s language', async () => {
  expect(await get('/de/nowhere')).toMatchObject({ statusCode: 404, body: 'Hier ist nichts' });
  const browser = { 'sec-fetch-mode': 'navigate' };
  expect((await get('/nowhere', browser)).body).toBe('Nothing here');
  expect((await get('/nowhere', { ...browser, 'accept-language': 'de-AT,en' })).body).toBe('Hier ist nichts');
  expect((await get('/nowhere')).json()).toMatchObject({ statusCode: 404 });
});

test('the language is the chosen one, else the browser’s, else English', async () => {
  const home = async (headers: Record<string, string>) => (await get('/', headers)).headers.location;
  expect(await home({ cookie: 'a=b; halyard-language=de', 'accept-language': 'en' })).toBe('/de');
  expect(await home({ 'accept-language': 'fr,de;q=0.8,en;q=0.5' })).toBe('/de');
  expect(await home({ 'accept-language': 'fr' })).toBe('/en');
});

test('links in account mails lead to the pages of the dashboard', async () => {
  expect((await get('/auth/links/password?token=t')).headers.location).toBe('/en/reset-password?token=t');
  expect((await get('/auth/links/invitation?token=t')).headers.location).toBe('/en/invitation?token=t');
  expect((await get('/auth/links/email?token=t')).headers.location).toBe('/en/verify-email?token=t');
});

test('a folder without a build is told at the start', async () => {
  await expect(readDashboard(folder)).rejects.toThrow('Build it with: node scripts/build-dashboard.ts');
});
