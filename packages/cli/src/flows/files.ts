import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Channel } from '@halyard/contracts/primitives';
import { TemplateInput } from '@halyard/contracts/templates/content';
import { templatesNamedIn } from '@halyard/core/flows/known';
import { CommandFailure } from '../failure.js';
import { definitionIn } from './definition-file.js';
import type { Folder, UnreadFile } from './folder.js';

export interface FlowFile {
  kind: 'flows';
  name: string;
  content: FlowDefinition;
}

export interface TemplateFile {
  kind: 'templates';
  name: string;
  content: TemplateText;
}

/** The general wording of a template for one channel. */
export interface TemplateText {
  key: string;
  channel: Channel;
  name?: string | undefined;
  content: object;
}

/** A file of the folder whose content is what it should be. */
export type FileOf = FlowFile | TemplateFile;

export const placeIn = ({ kind, name }: Pick<UnreadFile, 'kind' | 'name'>): string => `${kind}/${name}`;

/** The flows of a folder, or the one that is meant, with the templates they use. */
export async function filesIn(
  folder: Folder,
  only: string | null,
): Promise<{ flows: FlowFile[]; templates: TemplateFile[] }> {
  const files = await folder.read();
  const flows = files
    .filter(({ kind, name }) => kind === 'flows' && (only === null || name === only))
    .map(({ name, content }): FlowFile => {
      return { kind: 'flows', name, content: definitionIn(`flows/${name}.json`, content) };
    });
  const used = new Set(flows.flatMap(({ content }) => templatesNamedIn(content)));
  const templates = files
    .filter(({ kind, name }) => kind === 'templates' && used.has(name.replace(/\.[a-z_]+$/, '')))
    .map(templateIn);
  return { flows, templates };
}

function templateIn({ name, content }: UnreadFile): TemplateFile {
  const parsed = TemplateInput.safeParse(content);
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path, message }) => `\n  ${path.join('.')}: ${message}`);
    throw new CommandFailure(`templates/${name}.json is no template:${places.join('')}`);
  }
  const { key, channel, name: title, content: texts, product_id } = parsed.data;
  if (`${key}.${channel}` !== name)
    throw new CommandFailure(`templates/${name}.json holds ${key} for ${channel}: name it so.`);
  if (product_id !== null)
    throw new CommandFailure(
      `templates/${name}.json is the wording of one product: these are not kept as files.`,
    );
  return { kind: 'templates', name, content: { key, channel, name: title, content: texts } };
}
