import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/**
 * Installs a packed community package into the folder of an n8n that does not run, unless the very same is there. Installed
 * so, its nodes have the type names that they have when n8n gets it from the registry; by N8N_CUSTOM_EXTENSIONS they would
 * have others, and workflows would not run elsewhere. Returns whether anything changed.
 */
export async function installNodePackage(tarball: string, n8nFolder: string): Promise<boolean> {
  const nodes = join(n8nFolder, '.n8n/nodes');
  mkdirSync(nodes, { recursive: true });
  const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 16);
  const manifest = join(nodes, 'package.json');
  // As n8n makes it. Without one, npm installs into the next folder above that has one: the repository.
  if (!existsSync(manifest)) writeFileSync(manifest, '{"name":"installed-nodes","private":true}\n');
  const stamp = join(nodes, 'halyard-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  // npm remembers a file by its name and would miss that another one lies there now.
  const named = join(nodes, `n8n-nodes-halyard-${hash}.tgz`);
  copyFileSync(tarball, named);
  await runCommand(
    'npm',
    ['install', named, '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: nodes, failed: 'The package n8n-nodes-halyard could not be installed into n8n' },
  );
  writeFileSync(stamp, hash);
  return true;
}
