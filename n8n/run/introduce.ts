import { randomBytes } from 'node:crypto';
import { answer } from '@halyard/cli/connect';
import type { N8nApi } from '@halyard/cli/n8n/n8n-api';
import type { HalyardClient } from '@halyard/client/client';

/** What each has to know of the other. */
export interface Acquaintance {
  halyard: { url: string; apiKey: string };
  n8n: { url: string };
  /** What Halyard signs its calls with, as Standard Webhooks write it. */
  signingSecret: string;
  /** What other services send to the hooks of the workflows: `Authorization: Bearer …`. */
  callersToken: string;
  /** Opens Halyard's backups; null where it is not known. */
  operationsToken: string | null;
}

export const newCallersToken = (): string => randomBytes(24).toString('base64url');

export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * Gives n8n the credentials that the workflows name: Halyard's address and key, the secret of its signatures,
 * what other services call the workflows with, and the token of its operations. Those
 * that are there are written anew only when something `changed`.
 */
export async function tellN8n(
  n8n: N8nApi,
  { halyard, signingSecret, callersToken, operationsToken }: Omit<Acquaintance, 'n8n'>,
  changed: boolean,
): Promise<void> {
  const wanted = [
    { type: 'halyardApi', name: 'Halyard', data: { baseUrl: halyard.url, apiKey: halyard.apiKey } },
    { type: 'halyardSigningApi', name: 'Halyard signing', data: { signingSecret } },
    bearer('Halyard callers', callersToken),
    ...(operationsToken ? [bearer('Halyard operations', operationsToken)] : []),
  ];
  const known = await n8n.credentials();
  for (const credential of wanted) {
    const there = known.find(({ type, name }) => type === credential.type && name === credential.name);
    if (!there) await n8n.createCredential(credential);
    else if (changed) await n8n.updateCredential(there.id, credential.data);
  }
}

const bearer = (name: string, token: string) => ({
  type: 'httpHeaderAuth',
  name,
  data: { name: 'Authorization', value: `Bearer ${token}` },
});

/** Gives Halyard the connection that flow steps, hand-overs and permits use; likewise. */
export async function tellHalyard(
  client: HalyardClient,
  { n8n, signingSecret }: Pick<Acquaintance, 'n8n' | 'signingSecret'>,
  changed: boolean,
): Promise<void> {
  const { items } = answer(await client.GET('/connections'));
  const there = items.find(({ provider, name }) => provider === 'n8n' && name === 'n8n');
  const body = {
    settings: { base_url: n8n.url, mode: 'push' as const, report_within_seconds: 3600 },
    secrets: { signing_secret: signingSecret },
    skip_test: true,
  };
  const made = { provider: 'n8n' as const, name: 'n8n', priority: 100, rate_per_second: null, price: null };
  if (!there) answer(await client.POST('/connections', { body: { ...made, ...body } }));
  else if (changed)
    answer(await client.PATCH('/connections/{id}', { params: { path: { id: there.id } }, body }));
}
