import { expect, test } from 'vitest';
import { PublicUrlCheck } from './url-check.js';

const check = new PublicUrlCheck(false, async (host) => {
  if (host === 'inside.example') return [{ address: '10.0.0.1' }];
  if (host === 'outside.example') return [{ address: '93.184.216.34' }];
  throw new Error('ENOTFOUND');
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:10.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'https://inside.example/hook',
  'https://user:password@outside.example/',
  'ftp://outside.example/',
  'no url',
])('%s is refused with a sentence', async (url) => {
  expect(await check.problemWith(url)).toMatch(/\.$/);
});

test.each(['https://outside.example/hook', 'https://not-yet-there.example/'])(
  '%s is let through',
  async (url) => {
    expect(await check.problemWith(url)).toBeNull();
  },
);

test('private addresses can be allowed for development', async () => {
  expect(await new PublicUrlCheck(true).problemWith('http://127.0.0.1:8080/')).toBeNull();
});
