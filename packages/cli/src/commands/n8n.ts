import type { Command } from 'commander';
import { changesBetween } from '../n8n/changes.js';
import { connectN8n, filesMeant } from '../n8n/place.js';
import { pushWorkflows } from '../n8n/push.js';
import { standings } from '../n8n/standing.js';
import { table } from '../table.js';

interface Where {
  folder?: string;
}

export function addN8n(program: Command): void {
  const n8n = program
    .command('n8n')
    .description('workflows of n8n as files: bring them to any n8n, see what was changed where')
    .addHelpText('after', '\nWhere: N8N_URL and N8N_API_KEY, or the n8n that was started in this folder.');
  const command = (name: string, description: string) =>
    n8n
      .command(name)
      .description(description)
      .argument('[keys...]', 'such as outreach or outreach/receive; all when left out')
      .option('--folder <folder>', 'of workflows of your own, instead of those that come with Halyard');

  command('push', 'create what is missing in n8n and update what was changed here')
    .option('--force', 'write over what was edited in n8n, too')
    .action(push);
  command('status', 'list each workflow: same, changed here, edited in n8n, missing').action(status);
  command('diff', 'print what a push would change; exit code 1 when there is anything').action(diff);
}

async function push(keys: string[], { folder, force }: Where & { force?: true }): Promise<void> {
  const pushed = await pushWorkflows(connectN8n(), await filesMeant(keys, folder), { force: force ?? false });
  for (const { key, done, active, lacking, notes } of pushed) {
    console.log(`${key}: ${done}${active ? '' : ', not active'}`);
    for (const note of notes) console.log(`  ${note}`);
    for (const { node, type, name } of lacking)
      console.log(
        `  ${node} lacks a credential: make one of type ${type} named ${name} in n8n, then push again`,
      );
  }
  if (pushed.some(({ done }) => done === 'left' || done === 'refused')) process.exitCode = 1;
}

async function status(keys: string[], { folder }: Where): Promise<void> {
  const files = await filesMeant(keys, folder);
  const { standings: all, withoutFile } = standings(files, await connectN8n().workflows());
  const rows = all.map(({ file, state, there }) => [
    file.key,
    state,
    there ? (there.active ? 'yes' : 'no') : '',
  ]);
  console.log(table([['WORKFLOW', 'STATE', 'ACTIVE'], ...rows]));
  for (const { file, copies } of all)
    for (const { name, id } of copies) console.log(`${file.key} has a copy in n8n: ${name} (${id})`);
  if (!keys.length) for (const { name, id } of withoutFile) console.log(`Only in n8n: ${name} (${id})`);
}

async function diff(keys: string[], { folder }: Where): Promise<void> {
  const files = await filesMeant(keys, folder);
  const { standings: all } = standings(files, await connectN8n().workflows());
  const other = all.filter(({ state }) => state !== 'same');
  for (const { file, state, now, here } of other) {
    console.log(`${file.key}: ${state}`);
    if (now) for (const line of changesBetween(now, here)) console.log(`  ${line}`);
  }
  if (!other.length) console.log('No difference.');
  else process.exitCode = 1;
}
