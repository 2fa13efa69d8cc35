import type { HalyardClient, Schema } from '@halyard/client/client';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { templatesNamedIn } from '@halyard/core/flows/known';
import { answer } from '../connect.js';
import type { FlowFile, TemplateFile } from './files.js';

type FlowSummary = Schema<'FlowSummary'>;

/** A flow of the server as a file has it, as it is being worked on: its draft, else its newest version. */
export interface KeptFlow extends FlowFile {
  id: string;
  hasDraft: boolean;
  /** When it was last changed, as the server tells it: what is written over it is to be written over this. */
  updatedAt: string;
}

export interface KeptTemplate extends TemplateFile {
  id: string;
}

/** A flow or template of the server, as a file has it. */
export type Kept = KeptFlow | KeptTemplate;

/** All flows that are not archived, by their keys and naming others by theirs. */
export async function flowsOn(client: HalyardClient): Promise<KeptFlow[]> {
  const summaries = await all((cursor) =>
    client.GET('/flows', { params: { query: { limit: 200, ...(cursor && { cursor }) } } }),
  );
  const keys = new Map(summaries.map(({ id, key }) => [id, key]));
  const flows: KeptFlow[] = [];
  for (const summary of summaries) {
    const content = await definitionOf(client, summary);
    if (!content) continue;
    const { id, key, has_draft: hasDraft, updated_at: updatedAt } = summary;
    flows.push({ kind: 'flows', name: key, id, hasDraft, updatedAt, content: byKeys(content, keys) });
  }
  return flows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function definitionOf(
  client: HalyardClient,
  { id, has_draft }: FlowSummary,
): Promise<FlowDefinition | null> {
  const params = { path: { id } };
  if (has_draft) return FlowDefinition.parse(answer(await client.GET('/flows/{id}', { params })).draft);
  const [newest] = answer(await client.GET('/flows/{id}/versions', { params })).items;
  if (!newest) return null;
  const version = { path: { id, number: newest.number } };
  return FlowDefinition.parse(
    answer(await client.GET('/flows/{id}/versions/{number}', { params: version })).definition,
  );
}

/** Ids mean nothing in another organization. */
const byKeys = (definition: FlowDefinition, keys: ReadonlyMap<string, string>): FlowDefinition => ({
  ...definition,
  steps: definition.steps.map((step) =>
    step.type === 'start_flow' || step.type === 'stop_flow'
      ? { ...step, flow: keys.get(step.flow) ?? step.flow }
      : step,
  ),
});

/** The general wordings of the templates that flows use; a product's own are not among them. */
export async function templatesOn(
  client: HalyardClient,
  flows: readonly FlowDefinition[],
): Promise<KeptTemplate[]> {
  const templates: KeptTemplate[] = [];
  for (const named of [...new Set(flows.flatMap(templatesNamedIn))].sort()) {
    const items = await all((cursor) =>
      client.GET('/templates', { params: { query: { key: named, limit: 200, ...(cursor && { cursor }) } } }),
    );
    for (const { id, product_id } of items) {
      if (product_id !== null) continue;
      const template = await templateOn(client, id);
      templates.push(template);
    }
  }
  return templates.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A template as it is now. */
export async function templateOn(client: HalyardClient, id: string): Promise<KeptTemplate> {
  return keptTemplate(answer(await client.GET('/templates/{id}', { params: { path: { id } } })));
}

/** What of a template is written in its file. */
export function keptTemplate({ id, key, channel, name, content }: Schema<'Template'>): KeptTemplate {
  return { kind: 'templates', name: `${key}.${channel}`, id, content: { key, channel, name, content } };
}

type Paged<Item> = {
  data?: { items: Item[]; next_cursor: string | null };
  error?: unknown;
  response: Response;
};

async function all<Item>(page: (cursor: string | null) => Promise<Paged<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const one: { items: Item[]; next_cursor: string | null } = answer(await page(cursor));
    items.push(...one.items);
    cursor = one.next_cursor;
  } while (cursor);
  return items;
}
