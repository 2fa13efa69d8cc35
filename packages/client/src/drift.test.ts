import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { clientSource } from './generate.js';

test('the client is generated from the routes as they are', async () => {
  const kept = await readFile(new URL('./schema.gen.ts', import.meta.url), 'utf8');
  const fresh = await clientSource();
  expect(fresh === kept, 'schema.gen.ts is not what the routes say: run pnpm client and commit it').toBe(
    true,
  );
});
