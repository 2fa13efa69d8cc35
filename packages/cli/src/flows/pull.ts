import { connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { readDefinition } from './definition-file.js';
import type { UnreadFile } from './folder.js';
import { Folder } from './folder.js';
import { flowsOn, templatesOn } from './server-side.js';
import { hashOf } from './written.js';

/** Writes the organization's flows and the templates they use into a folder. */
export async function pull(path: string, { force }: { force?: true }): Promise<void> {
  const client = connect();
  const folder = new Folder(path);
  const flows = await flowsOn(client);
  const kept = [
    ...flows,
    ...(await templatesOn(
      client,
      flows.map(({ content }) => content),
    )),
  ];
  const base = await folder.base();
  const here = new Map(
    (await folder.read()).map((file) => [`${file.kind}/${file.name}`, hashOf(asRead(file))]),
  );
  const changed = kept.filter(({ kind, name, content }) => {
    const own = here.get(`${kind}/${name}`);
    return own !== undefined && own !== base[kind][name] && own !== hashOf(content);
  });
  if (changed.length && !force)
    throw new CommandFailure(
      `These files were changed here and are other than on the server: ${changed.map(({ kind, name }) => `${kind}/${name}.json`).join(', ')}. Push them first, or pull with --force to lose what was changed.`,
    );
  for (const file of kept) {
    await folder.write(file);
    base[file.kind][file.name] = hashOf(file.content);
  }
  await folder.keepBase(base);
  console.log(`${flows.length} flows and ${kept.length - flows.length} templates are in ${path}`);
}

/** With what a person left out filled in, so that it is compared as the server has it. */
function asRead({ kind, content }: UnreadFile): unknown {
  const read = kind === 'flows' ? readDefinition(content) : null;
  return read && 'definition' in read ? read.definition : content;
}
