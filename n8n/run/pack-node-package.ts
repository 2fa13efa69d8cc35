import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from './run-command.ts';

const repository = join(import.meta.dirname, '../..');
const source = join(repository, 'packages/n8n-nodes-halyard');
const failed = 'The package n8n-nodes-halyard could not be built';

/** Only what n8n loads: nothing for other compilers, and nothing left over from before. */
const plain = '--composite false --declaration false --sourceMap false --tsBuildInfoFile null'.split(' ');

/** Compiles the community package and packs it as it would be published; returns the archive. */
export async function packNodePackage(into: string): Promise<string> {
  const staged = mkdtempSync(join(tmpdir(), 'halyard-node-package-'));
  try {
    const compiler = join(repository, 'node_modules/.bin/tsc');
    await runCommand(compiler, ['-p', source, '--outDir', join(staged, 'dist'), ...plain], {
      cwd: source,
      failed,
    });
    cpSync(join(source, 'icons'), join(staged, 'dist/icons'), { recursive: true });
    for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE'])
      cpSync(join(source, name), join(staged, name));
    writeFileSync(join(staged, 'package.json'), publishedManifest());
    mkdirSync(into, { recursive: true });
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', resolve(into)];
    const told = await runCommand('npm', args, { cwd: staged, failed });
    return join(resolve(into), told.trim().split('\n').at(-1) ?? '');
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** The manifest without what only this repository needs. */
function publishedManifest(): string {
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
