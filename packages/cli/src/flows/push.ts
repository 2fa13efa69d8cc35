import type { HalyardClient } from '@halyard/client/client';
import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { TemplateInput } from '@halyard/contracts/templates/content';
import { errorsAmong } from '@halyard/core/flows/check';
import { templatesNamedIn } from '@halyard/core/flows/known';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { checkOn, tell } from './check.js';
import { definitionIn } from './definition-file.js';
import type { Base, FileOf, Folder } from './folder.js';
import { placeOf } from './folder.js';
import type { Kept, KeptFlow, KeptTemplate } from './server-side.js';
import { flowsOn, templatesOn, writtenAs } from './server-side.js';
import { hashOf } from './written.js';

interface Options {
  publish?: true;
  force?: true;
}

interface FlowFile extends FileOf {
  content: FlowDefinition;
}

/** Brings the flows and templates of a folder to the organization, as drafts unless they are to be published. */
export async function push(path: string, options: Options): Promise<void> {
  const client = connect();
  const { folder, only } = placeOf(path);
  const { flows, templates } = await filesOf(folder, only);
  const base = await folder.base();
  const onServer = await flowsOn(client);
  const known = new Map(onServer.map((flow) => [flow.name, flow]));
  const wordings = await templatesOn(
    client,
    [...flows, ...onServer].map(({ content }) => content),
  );
  const worded = new Map(wordings.map((template) => [template.name, template]));
  if (!options.force) refuseLost([...flows, ...templates], [...onServer, ...wordings], base);
  for (const template of templates) await pushTemplate(client, template, worded.get(template.name), base);
  for (const flow of flows) await pushFlow(client, flow, known.get(flow.name), base);
  await folder.keepBase(base);
  if (options.publish) await publish(client, flows);
}

async function filesOf(
  folder: Folder,
  only: string | null,
): Promise<{ flows: FlowFile[]; templates: FileOf[] }> {
  const files = await folder.read();
  const flows = files
    .filter(({ kind, name }) => kind === 'flows' && (only === null || name === only))
    .map((file) => ({ ...file, content: definitionIn(`flows/${file.name}.json`, file.content) }));
  if (!flows.length) throw new CommandFailure(`There are no flows in ${folder.path}: pull them first.`);
  const used = new Set(flows.flatMap(({ content }) => templatesNamedIn(content)));
  const templates = files.filter(
    ({ kind, name }) => kind === 'templates' && used.has(name.replace(/\.[a-z_]+$/, '')),
  );
  return { flows, templates };
}

/** Nobody's work is written over unseen: what is on the server must be what was pulled. */
function refuseLost(files: readonly FileOf[], onServer: readonly Kept[], base: Base): void {
  const there = new Map(onServer.map((kept) => [`${kept.kind}/${kept.name}`, hashOf(kept.content)]));
  const lost = files.filter(({ kind, name, content }) => {
    const now = there.get(`${kind}/${name}`);
    return now !== undefined && now !== base[kind][name] && now !== hashOf(content);
  });
  if (!lost.length) return;
  const names = lost.map(({ kind, name }) => `${kind}/${name}.json`).join(', ');
  throw new CommandFailure(
    `Changed on the server since they were pulled: ${names}. Look with halyard flow diff, then pull, or push with --force to write over it.`,
  );
}

async function pushTemplate(
  client: HalyardClient,
  file: FileOf,
  kept: KeptTemplate | undefined,
  base: Base,
): Promise<void> {
  const { name, content } = file;
  const parsed = TemplateInput.safeParse(content);
  if (!parsed.success) {
    const places = parsed.error.issues
      .map((issue) => `\n  ${issue.path.join('.')}: ${issue.message}`)
      .join('');
    throw new CommandFailure(`templates/${name}.json is no template:${places}`);
  }
  if (`${parsed.data.key}.${parsed.data.channel}` !== name)
    throw new CommandFailure(
      `templates/${name}.json holds ${parsed.data.key} for ${parsed.data.channel}: name it so.`,
    );
  const { key, channel, name: title = kept?.title, content: texts } = parsed.data;
  const isSame = kept && hashOf(kept.content) === hashOf({ key, channel, name: title, content: texts });
  const stored = isSame
    ? kept.content
    : writtenAs(answer(await client.POST('/templates', { body: parsed.data })));
  base.templates[name] = hashOf(stored);
  report('template', name, isSame ? 'unchanged' : kept ? 'new version' : 'created');
}

async function pushFlow(
  client: HalyardClient,
  { name, content: definition }: FlowFile,
  kept: KeptFlow | undefined,
  base: Base,
): Promise<void> {
  const isSame = kept && hashOf(kept.content) === hashOf(definition);
  if (!kept) answer(await client.POST('/flows', { body: { key: name, definition } }));
  else if (!isSame)
    answer(await client.PATCH('/flows/{id}', { params: { path: { id: kept.id } }, body: { definition } }));
  base.flows[name] = hashOf(definition);
  report('flow', name, isSame ? 'unchanged' : kept ? 'new draft' : 'created as a draft');
}

async function publish(client: HalyardClient, flows: readonly FlowFile[]): Promise<void> {
  const wanted = new Set(flows.map(({ name }) => name));
  for (const { id, name, content, hasDraft } of await flowsOn(client)) {
    if (!wanted.has(name) || !hasDraft) continue;
    const findings: FlowFinding[] = await checkOn(client, name, content);
    if (findings.length) tell(name, findings, 'en');
    if (errorsAmong(findings).length) throw new CommandFailure(`${name} has errors and was not published.`);
    const { live } = answer(await client.POST('/flows/{id}/publish', { params: { path: { id } }, body: {} }));
    report('flow', name, `published as version ${Math.max(...live.map(({ version }) => version))}`);
  }
}

const report = (kind: string, name: string, what: string): void => console.log(`${kind} ${name}: ${what}`);
