import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HalyardClient } from '@halyard/client/client';
import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { checkDefinition, errorsAmong } from '@halyard/core/flows/check';
import { answer, connect, isReachedFromHere } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { readDefinition } from './definition-file.js';
import { readJson } from './folder.js';

export interface CheckOptions {
  offline?: true;
  json?: true;
  locale: 'en' | 'de';
}

/** What is wrong with the flows in these files. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<void> {
  const client = options.offline || !isReachedFromHere() ? null : connect();
  const checked: { file: string; issues: FlowFinding[] }[] = [];
  for (const file of await filesIn(paths)) checked.push({ file, issues: await checkFile(file, client) });
  if (options.json) console.log(JSON.stringify({ with_server: client !== null, files: checked }, null, 2));
  else {
    for (const { file, issues } of checked) tell(file, issues, options.locale);
    if (!client)
      console.log(
        'Without a server: templates, connections, caps and windows of the organization were not looked at.',
      );
  }
  if (checked.some(({ issues }) => errorsAmong(issues).length)) process.exitCode = 1;
}

async function filesIn(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => {
        throw new CommandFailure(`${path} is not there.`);
      });
      if (!found.isDirectory()) return path;
      const names = await readdir(join(path, 'flows')).catch(() => []);
      return names.filter((name) => name.endsWith('.json')).map((name) => join(path, 'flows', name));
    }),
  );
  const all = files.flat().sort();
  if (!all.length) throw new CommandFailure(`There are no flows in ${paths.join(', ')}.`);
  return all;
}

async function checkFile(file: string, client: HalyardClient | null): Promise<FlowFinding[]> {
  const read = readDefinition(await readJson(file));
  if ('findings' in read) return read.findings;
  return client
    ? checkOn(client, basename(file, '.json'), read.definition)
    : checkDefinition(read.definition);
}

/** What the server says of a definition, with its templates and rules. */
export async function checkOn(
  client: HalyardClient,
  key: string,
  definition: FlowDefinition,
): Promise<FlowFinding[]> {
  const body = { ...(/^[a-z0-9][a-z0-9._-]{0,99}$/.test(key) && { key }), definition };
  return answer(await client.POST('/flows/check', { body })).issues as FlowFinding[];
}

/** Prints findings for people, each with its counterexample. */
export function tell(file: string, issues: readonly FlowFinding[], locale: 'en' | 'de'): void {
  console.log(issues.length ? file : `${file}: fine`);
  for (const { severity, path, message, counterexample } of issues) {
    console.log(`  ${severity} ${path}: ${message}`);
    if (counterexample) console.log(`    ${counterexample.sentences[locale]}`);
  }
}
