import { N8nApi } from '@halyard/cli/n8n/n8n-api';
import { createHalyard } from '@halyard/client/client';
import { Account } from './account.ts';
import type { HalyardHere } from './halyard-here.ts';
import { keyForN8n, opens } from './halyard-here.ts';
import { tellHalyard, tellN8n } from './introduce.ts';
import type { Kept } from './kept.ts';
import type { N8nProcess } from './n8n-process.ts';

/** Keys, credentials and the connection: made when they are not there, told again when an address or a key is another one. */
export async function acquaint(
  halyard: HalyardHere,
  n8n: N8nProcess,
  kept: Kept,
  keep: () => void,
): Promise<N8nApi> {
  if (!kept.api_key || !(await works(new N8nApi(n8n.url, kept.api_key)))) {
    kept.api_key = await (await Account.open(n8n.url, kept)).apiKey(`Halyard ${new Date().toISOString()}`);
    keep();
  }
  const before = kept.halyard;
  const apiKey =
    before && (await opens(halyard.url, before.api_key)) ? before.api_key : await keyForN8n(halyard);
  const changed = before?.url !== halyard.url || before.api_key !== apiKey || before.n8n_url !== n8n.url;
  const { signing_secret: signingSecret, callers_token: callersToken } = kept;
  const { operationsToken } = halyard;
  const known = { halyard: { url: halyard.url, apiKey }, n8n, signingSecret, callersToken, operationsToken };
  const api = new N8nApi(n8n.url, kept.api_key);
  await tellN8n(api, known, changed);
  await tellHalyard(createHalyard({ url: halyard.url, apiKey }), known, changed);
  kept.halyard = { url: halyard.url, api_key: apiKey, n8n_url: n8n.url };
  keep();
  return api;
}

const works = (api: N8nApi): Promise<boolean> =>
  api.credentials().then(
    () => true,
    () => false,
  );
