import { scopes } from '@halyard/contracts/route';
import { Client } from './load.ts';

/** An organization and a client with a key of it. */
export interface School {
  id: string;
  api: Client;
  /** What signs its requests. */
  headers: Record<string, string>;
}

let made = 0;

/** Signs a school up through the API, as a person would. */
export async function openSchool(url: string): Promise<School> {
  const n = ++made;
  const [email, password] = [`owner-${n}@bench.example`, 'a long passphrase of the bench'];
  const anonymous = new Client(url);
  await anonymous.call('POST', '/auth/register', {
    email,
    password,
    name: 'Gerrit',
    organization: `School ${n}`,
  });
  const { token } = await anonymous.call<{ token: string }>('POST', '/auth/login', { email, password });
  const person = new Client(url, { authorization: `Bearer ${token}` });
  const { items } = await person.call<{ items: { organization: { id: string } }[] }>('GET', '/organizations');
  const { key } = await person.call<{ key: string }>('POST', '/api-keys', {
    name: 'Bench',
    scopes,
    expires_at: null,
  });
  await anonymous.close();
  await person.close();
  const headers = { 'x-api-key': key };
  return { id: items[0]?.organization.id ?? '', headers, api: new Client(url, headers) };
}

/** A connection to a sink that answers as Resend does. */
export const connectSink = (api: Client, port: number) =>
  api.call('POST', '/connections', {
    provider: 'resend',
    name: 'Sink',
    settings: { from_address: 'news@school.example', base_url: `http://127.0.0.1:${port}` },
    secrets: { api_key: 're_bench' },
    skip_test: true,
  });

export const writeTemplate = (api: Client, key: string, subject: string) =>
  api.call('POST', '/templates', {
    key,
    name: key,
    channel: 'email',
    content: {
      default_locale: 'en',
      locales: {
        en: {
          subject,
          html: '<h1>Ahoy {{contact.first_name | default: "sailor"}}</h1><p>The wind is fair and the boats are ready.</p>',
        },
      },
    },
  });

/** Makes a flow and puts it live. */
export async function publishFlow(api: Client, definition: object): Promise<void> {
  const { id } = await api.call<{ id: string }>('POST', '/flows', { definition });
  await api.call('POST', `/flows/${id}/publish`, {});
}
