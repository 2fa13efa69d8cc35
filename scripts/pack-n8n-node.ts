/**
 * Packs packages/n8n-nodes-halyard as it would be published, compiled, and prints where the archive is:
 * `node scripts/pack-n8n-node.ts [folder]`, by default .halyard/n8n. n8n installs it with npm.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const source = join(root, 'packages/n8n-nodes-halyard');

/** Only what n8n loads: nothing for other compilers, and nothing left over from before. */
const plain = [
  '--composite',
  'false',
  '--declaration',
  'false',
  '--sourceMap',
  'false',
  '--tsBuildInfoFile',
  'null',
];

/** Compiles the package and packs it into `folder`; gives the path of the archive. */
export async function packNode(folder: string): Promise<string> {
  const staged = await mkdtemp(join(tmpdir(), 'halyard-n8n-'));
  try {
    await run(join(root, 'node_modules/.bin/tsc'), [
      '-p',
      source,
      '--outDir',
      join(staged, 'dist'),
      ...plain,
    ]);
    for (const name of ['icons', 'README.md', 'CHANGELOG.md', 'LICENSE'])
      await cp(join(source, name), join(staged, name === 'icons' ? 'dist/icons' : name), { recursive: true });
    await writeFile(join(staged, 'package.json'), await publishedManifest());
    await mkdir(folder, { recursive: true });
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', resolve(folder)], {
      cwd: staged,
    });
    return join(resolve(folder), stdout.trim());
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** The manifest without what only this repository needs. */
async function publishedManifest(): Promise<string> {
  const { devDependencies: _, ...manifest } = JSON.parse(
    await readFile(join(source, 'package.json'), 'utf8'),
  );
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

if (import.meta.main) {
  const [folder = join(root, '.halyard/n8n')] = process.argv.slice(2);
  console.log(await packNode(folder));
}
