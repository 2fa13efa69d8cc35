import { cpSync, globSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { N8nFailure } from './failure.ts';
import { packNodePackage } from './pack-node-package.ts';
import type { Pinned } from './pinned.ts';
import { fetchPinned, isFetched, surroundings } from './pinned.ts';
import { runCommand } from './run-command.ts';

const repository = join(import.meta.dirname, '../..');
const source = join(repository, 'packages/n8n-nodes-halyard');

const tools: Pinned = {
  pinned: join(repository, 'n8n/node-tools'),
  folder: process.env.HALYARD_N8N_NODE_TOOLS || join(repository, '.halyard/n8n/node-tools'),
  what: "n8n's tools for node packages (500 MB, the first time only)",
};

/**
 * Has n8n's own tools judge the community package: its linter in strict mode and its builder over the sources, and the
 * scanner that decides about verification over the sources and over the archive. Fails with what they find.
 */
export async function checkNodePackage(say: (line: string) => void): Promise<void> {
  if (!isFetched(tools)) await fetchPinned(tools, say);
  const sources = stageSources();
  await tool('n8n-node', ['lint'], sources);
  say("✓ n8n's linter, strict");
  await tool('n8n-node', ['build'], sources);
  say("✓ n8n's builder");
  await scan(sources, 'sources', '{nodes,credentials}/**/*.ts');
  await scan(await unpackArchive(), 'archive', '**/*.{js,json}');
  say("✓ n8n's scanner, over the sources and the archive");
}

/** Beside the tools, so that they are found; without tests, which are not published. */
function stageSources(): string {
  const staged = join(tools.folder, 'sources');
  rmSync(staged, { recursive: true, force: true });
  const files = globSync(['*.{json,mjs,md}', 'LICENSE', '{icons,nodes,credentials}/**/*.*'], { cwd: source });
  for (const file of files.filter((path) => !/\.test\.ts$|\/testing\/|tsconfig\.tests/.test(path))) {
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    cpSync(join(source, file), join(staged, file));
  }
  const compiler = { extends: join(source, 'tsconfig.json'), compilerOptions: compilerOptions(staged) };
  writeFileSync(
    join(staged, 'tsconfig.json'),
    JSON.stringify({ ...compiler, include: ['nodes', 'credentials', 'nodes/**/*.json'] }),
  );
  return staged;
}

const compilerOptions = (staged: string) => ({
  composite: false,
  rootDir: staged,
  outDir: join(staged, 'dist'),
  tsBuildInfoFile: null,
});

const tool = (name: string, args: string[], cwd: string): Promise<string> =>
  runCommand(join(tools.folder, 'node_modules/.bin', name), args, {
    cwd,
    env: surroundings(),
    failed: `n8n's own tools find fault with n8n-nodes-halyard`,
  });

async function unpackArchive(): Promise<string> {
  const folder = join(tools.folder, 'archive');
  rmSync(folder, { recursive: true, force: true });
  const archive = await packNodePackage(folder);
  await runCommand('tar', ['xzf', archive], { cwd: folder, failed: 'The archive could not be unpacked' });
  const unpacked = join(folder, 'package');
  if (!readdirSync(unpacked).includes('dist')) throw new N8nFailure('The archive holds no dist.');
  return unpacked;
}

async function scan(folder: string, name: string, code: string): Promise<void> {
  const scanner = join(tools.folder, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
  const { analyzePackage } = await import(pathToFileURL(scanner).href);
  const { passed, message, details } = await analyzePackage(folder, ['package.json', code]);
  if (!passed) throw new N8nFailure(`n8n's scanner finds fault with the ${name}: ${message}\n${details}`);
}
