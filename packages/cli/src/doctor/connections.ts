import type { HalyardClient, Schema } from '@halyard/client/client';
import { answer, connect } from '../connect.js';
import { CommandFailure } from '../failure.js';
import type { Finding } from './finding.js';
import { ok, warning, wrong } from './finding.js';

/** Tries the credentials of every connection, and the DNS of the domains that its mail comes from. */
export async function checkConnections(): Promise<Finding[]> {
  try {
    const client = connect();
    const { items } = answer(await client.GET('/connections', { params: { query: { limit: 200 } } }));
    if (items.length === 0)
      return [warning('There is no connection to a provider.', 'Nothing can be sent: POST /connections.')];
    const findings = await Promise.all(items.map((connection) => checkConnection(client, connection)));
    return findings.flat();
  } catch (error) {
    if (error instanceof CommandFailure) return [warning('The connections were not tested.', error.message)];
    throw error;
  }
}

async function checkConnection(client: HalyardClient, connection: Schema<'Connection'>): Promise<Finding[]> {
  const { id, name, provider, channels } = connection;
  const params = { path: { id } };
  const test = answer(await client.POST('/connections/{id}/test', { params }));
  const tried = test.ok
    ? ok(`${name} (${provider}) takes our credentials.`)
    : wrong(
        `${name} (${provider}): ${test.reason}`,
        'Correct its settings or secrets: PATCH /connections/{id}',
      );
  if (provider === 'sandbox' || !channels.includes('email')) return [tried];
  return [tried, ...domainFindings(answer(await client.GET('/connections/{id}/domain', { params })))];
}

/** SPF, DKIM and DMARC, as the server sees them in the DNS. */
export function domainFindings({ domain, checks }: Schema<'SenderDomain'>): Finding[] {
  return checks.map(({ name, verdict, what_to_do }) => {
    const what = `${domain}: ${name.toUpperCase()} is ${verdict}.`;
    if (verdict === 'good') return ok(what);
    return verdict === 'bad' ? wrong(what, what_to_do ?? '') : warning(what, what_to_do ?? '');
  });
}
