import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installNodePackage } from './node-package.ts';
import { packNodePackage } from './pack-node-package.ts';

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'halyard-repository-'));
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

test('the package goes to n8n and not to the repository around it, once', async () => {
  const manifest = '{"private":true,"devDependencies":{"@halyard/api":"workspace:*"}}';
  writeFileSync(join(repository, 'package.json'), manifest);
  const folder = join(repository, '.halyard/n8n');
  mkdirSync(folder, { recursive: true });
  const archive = await packNodePackage(folder);

  expect(await installNodePackage(archive, folder)).toBe(true);
  const installed = join(folder, '.n8n/nodes/node_modules/n8n-nodes-halyard/package.json');
  expect(existsSync(installed)).toBe(true);
  expect(readFileSync(join(repository, 'package.json'), 'utf8')).toBe(manifest);
  expect(await installNodePackage(archive, folder)).toBe(false);
});
