import type { FlowChange } from '@halyard/contracts/flows/routes';
import { diffDefinitions } from '@halyard/core/flows/diff';
import { diffContents } from '@halyard/core/templates/diff';
import { connect } from '../connect.js';
import { definitionIn } from './definition-file.js';
import type { FileOf } from './folder.js';
import { placeOf } from './folder.js';
import type { Kept } from './server-side.js';
import { flowsOn, templatesOn } from './server-side.js';
import { hashOf } from './written.js';

/** Prints what pushing a folder would change on the server; the exit code is 1 when there is anything. */
export async function difference(path: string): Promise<void> {
  const client = connect();
  const { folder, only } = placeOf(path);
  const files = (await folder.read())
    .filter(({ kind, name }) => only === null || (kind === 'flows' && name === only))
    .map((file) =>
      file.kind === 'flows'
        ? { ...file, content: definitionIn(`flows/${file.name}.json`, file.content) }
        : file,
    );
  const flows = await flowsOn(client);
  const kept: Kept[] = [
    ...flows,
    ...(only === null
      ? await templatesOn(
          client,
          flows.map(({ content }) => content),
        )
      : []),
  ];
  const there = new Map(kept.map((one) => [`${one.kind}/${one.name}`, one]));
  const changes = files.flatMap((file) => changesOf(file, there.get(`${file.kind}/${file.name}`)));
  const here = new Set(files.map(({ kind, name }) => `${kind}/${name}`));
  if (only === null)
    for (const place of there.keys()) if (!here.has(place)) changes.push(`- ${place}: only on the server`);
  console.log(changes.length ? changes.join('\n') : 'No difference.');
  if (changes.length) process.exitCode = 1;
}

function changesOf({ kind, name, content }: FileOf, kept: Kept | undefined): string[] {
  if (!kept) return [`+ ${kind}/${name}: only here`];
  if (hashOf(kept.content) === hashOf(content)) return [];
  if (kind === 'flows')
    return [`~ ${kind}/${name}`, ...diffDefinitions(kept.content as never, content as never).map(line)];
  const [before, after] = [kept.content, content] as { content: Record<string, never> }[];
  const texts = diffContents(before?.content ?? {}, after?.content ?? {}).flatMap(({ path, lines }) => [
    `    ${path}`,
    ...lines.flatMap(({ change, text }) =>
      change === 'same' ? [] : `    ${change === 'added' ? '+' : '-'} ${text}`,
    ),
  ]);
  return [`~ ${kind}/${name}`, ...texts];
}

function line({ change, path, before, after }: FlowChange): string {
  switch (change) {
    case 'added':
      return `    + ${path}: ${JSON.stringify(after)}`;
    case 'removed':
      return `    - ${path}: ${JSON.stringify(before)}`;
    case 'moved':
      return `    ~ ${path}: stands elsewhere`;
    case 'changed':
      return `    ~ ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
  }
}
