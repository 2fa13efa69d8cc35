import { join } from 'node:path';
import { CommandFailure } from '../failure.js';
import { localN8n } from '../home.js';
import { N8nApi } from './n8n-api.js';
import type { WorkflowFile } from './workflow.js';
import { workflowFiles } from './workflow-files.js';

/** The workflows that come with Halyard. */
const own = join(import.meta.dirname, '../../../../n8n/workflows');

/** N8N_URL and N8N_API_KEY, else the n8n that `pnpm n8n` made here. */
export function connectN8n(): N8nApi {
  const local = localN8n();
  const url = process.env.N8N_URL || local?.url;
  if (!url)
    throw new CommandFailure(
      'Say where n8n runs: set N8N_URL and N8N_API_KEY (n8n: Settings, n8n API), or start one here with: npx pnpm@12 n8n',
    );
  const key = process.env.N8N_API_KEY || (url === local?.url ? local.api_key : undefined);
  if (!key) throw new CommandFailure('Set N8N_API_KEY to an API key of n8n (n8n: Settings, n8n API).');
  return new N8nApi(url.replace(/\/+$/, ''), key);
}

/** The files that are meant: of a folder, or of those that come with Halyard; all, or those of these keys or subfolders. */
export async function filesMeant(keys: readonly string[], folder = own): Promise<WorkflowFile[]> {
  const files = await workflowFiles(folder);
  const unknown = keys.find((key) => !files.some((file) => isMeant(file, key)));
  if (unknown)
    throw new CommandFailure(
      `${folder} has no workflow ${unknown}. It has: ${files.map(({ key }) => key).join(', ')}`,
    );
  return keys.length ? files.filter((file) => keys.some((key) => isMeant(file, key))) : files;
}

const isMeant = ({ key }: WorkflowFile, named: string): boolean =>
  key === named || key.startsWith(`${named}/`);
