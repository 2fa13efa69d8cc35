import type { HalyardClient } from '@halyard/client/client';
import type { FlowFinding } from '@halyard/contracts/flows/check';
import { TemplateInput } from '@halyard/contracts/templates/content';
import { errorsAmong } from '@halyard/core/flows/check';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { checkOn, tell } from './check.js';
import type { FileOf, FlowFile, TemplateFile } from './files.js';
import { filesIn, placeIn } from './files.js';
import type { Base } from './folder.js';
import { placeOf } from './folder.js';
import type { Kept, KeptFlow, KeptTemplate } from './server-side.js';
import { flowsOn, keptTemplate, templateOn, templatesOn } from './server-side.js';
import { hashOf } from './written.js';

interface Options {
  publish?: true;
  force?: true;
}

/** Brings the flows and templates of a folder to the organization, as drafts unless they are to be published. */
export async function push(path: string, options: Options): Promise<void> {
  const force = options.force ?? false;
  const client = connect();
  const { folder, only } = placeOf(path);
  const { flows, templates } = await filesIn(folder, only);
  if (!flows.length) throw new CommandFailure(`There are no flows in ${folder.path}: pull them first.`);
  const base = await folder.base();
  const onServer = await flowsOn(client);
  const known = new Map(onServer.map((flow) => [flow.name, flow]));
  const wordings = await templatesOn(
    client,
    [...flows, ...onServer].map(({ content }) => content),
  );
  const worded = new Map(wordings.map((template) => [template.name, template]));
  if (!force) refuseLost([...flows, ...templates], [...onServer, ...wordings], base);
  // After each file: who is interrupted finds what was written here as pushed, not as changed by somebody else.
  for (const file of templates) {
    base.templates[file.name] = await pushTemplate(client, file, worded.get(file.name), force);
    await folder.keepBase(base);
  }
  for (const file of flows) {
    base.flows[file.name] = await pushFlow(client, file, known.get(file.name), force);
    await folder.keepBase(base);
  }
  if (options.publish) await publish(client, flows);
}

/** Nobody's work is written over unseen: what is on the server must be what was pulled. */
function refuseLost(files: readonly FileOf[], onServer: readonly Kept[], base: Base): void {
  const there = new Map(onServer.map((kept) => [placeIn(kept), hashOf(kept.content)]));
  const lost = files.filter((file) => {
    const now = there.get(placeIn(file));
    return now !== undefined && now !== base[file.kind][file.name] && now !== hashOf(file.content);
  });
  if (lost.length) throw changedThere(lost, 'since they were pulled');
}

const changedThere = (files: readonly FileOf[], when: string): CommandFailure =>
  new CommandFailure(
    `Changed on the server ${when}: ${files.map((file) => `${placeIn(file)}.json`).join(', ')}. Look with halyard flow diff, then pull, or push with --force to write over it.`,
  );

/** The hash of what the server has then. A template that is written over is still there as the version before. */
async function pushTemplate(
  client: HalyardClient,
  file: TemplateFile,
  kept: KeptTemplate | undefined,
  force: boolean,
): Promise<string> {
  const { name, content } = file;
  if (kept && hashOf(kept.content) === hashOf({ ...content, name: content.name ?? kept.content.name })) {
    report('template', name, 'unchanged');
    return hashOf(kept.content);
  }
  if (kept && !force && hashOf((await templateOn(client, kept.id)).content) !== hashOf(kept.content))
    throw changedThere([file], 'while this was pushed');
  const stored = keptTemplate(
    answer(await client.POST('/templates', { body: TemplateInput.parse(content) })),
  );
  report('template', name, kept ? 'new version' : 'created');
  return hashOf(stored.content);
}

/** The hash of what the server has then. */
async function pushFlow(
  client: HalyardClient,
  file: FlowFile,
  kept: KeptFlow | undefined,
  force: boolean,
): Promise<string> {
  const { name, content: definition } = file;
  const hash = hashOf(definition);
  if (!kept) {
    answer(await client.POST('/flows', { body: { key: name, definition } }));
    report('flow', name, 'created as a draft');
    return hash;
  }
  if (hashOf(kept.content) === hash) {
    report('flow', name, 'unchanged');
    return hash;
  }
  const body = { definition, ...(!force && { if_updated_at: kept.updatedAt }) };
  const changed = await client.PATCH('/flows/{id}', { params: { path: { id: kept.id } }, body });
  if (changed.error && changed.response.status === 409) throw changedThere([file], 'while this was pushed');
  answer(changed);
  report('flow', name, 'new draft');
  return hash;
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
