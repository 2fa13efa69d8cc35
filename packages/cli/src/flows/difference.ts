import type { FlowChange } from '@halyard/contracts/flows/flow';
import { diffDefinitions } from '@halyard/core/flows/diff';
import { diffContents } from '@halyard/core/templates/diff';
import { connect } from '../connect.js';
import type { FileOf } from './files.js';
import { filesIn, placeIn } from './files.js';
import { placeOf } from './folder.js';
import type { Kept } from './server-side.js';
import { flowsOn, templatesOn } from './server-side.js';
import { hashOf } from './written.js';

/** Prints what pushing a folder would change on the server; the exit code is 1 when there is anything. */
export async function difference(path: string): Promise<void> {
  const client = connect();
  const { folder, only } = placeOf(path);
  const { flows, templates } = await filesIn(folder, only);
  const files = [...flows, ...templates];
  const onServer = await flowsOn(client);
  const wordings = await templatesOn(
    client,
    [...flows, ...onServer].map(({ content }) => content),
  );
  const there = new Map([...onServer, ...wordings].map((one) => [placeIn(one), one]));
  const changes = files.flatMap((file) => changesOf(file, there.get(placeIn(file))));
  const here = new Set((await folder.read()).map(placeIn));
  if (only === null)
    for (const place of there.keys()) if (!here.has(place)) changes.push(`- ${place}: only on the server`);
  console.log(changes.length ? changes.join('\n') : 'No difference.');
  if (changes.length) process.exitCode = 1;
}

function changesOf(file: FileOf, kept: Kept | undefined): string[] {
  const place = placeIn(file);
  if (!kept) return [`+ ${place}: only here`];
  if (file.kind === 'flows' && kept.kind === 'flows') {
    if (hashOf(kept.content) === hashOf(file.content)) return [];
    return [`~ ${place}`, ...diffDefinitions(kept.content, file.content).map(line)];
  }
  const { name = kept.content.name } = file.content;
  if (hashOf(kept.content) === hashOf({ ...file.content, name })) return [];
  const before = kept.kind === 'templates' ? kept.content.content : {};
  const after = file.kind === 'templates' ? file.content.content : {};
  return [`~ ${place}`, ...diffContents(before, after).flatMap(linesOf)];
}

const linesOf = ({ path, lines }: ReturnType<typeof diffContents>[number]): string[] => [
  `    ${path}`,
  ...lines.flatMap(({ change, text }) =>
    change === 'same' ? [] : `    ${change === 'added' ? '+' : '-'} ${text}`,
  ),
];

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
