import { N8nFailure } from './runtime.ts';

export interface Owner {
  email: string;
  password: string;
}

/** An API key of an n8n that is ours: makes the owner of a new one, signs in to one that has an owner. */
export async function apiKeyOf(url: string, { email, password }: Owner, label: string): Promise<string> {
  const cookie = (await setUp(url, { email, password })) ?? (await signIn(url, { email, password }));
  const scopes = await call<string[]>(`${url}/rest/api-keys/scopes`, { headers: { cookie } });
  const made = await call<{ rawApiKey: string }>(`${url}/rest/api-keys`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ label, scopes, expiresAt: null }),
  });
  return made.rawApiKey;
}

/** Null when there is an owner already. */
async function setUp(url: string, { email, password }: Owner): Promise<string | null> {
  const answer = await post(`${url}/rest/owner/setup`, {
    email,
    password,
    firstName: 'Halyard',
    lastName: 'Owner',
  });
  return answer.ok ? cookieOf(answer) : null;
}

async function signIn(url: string, { email, password }: Owner): Promise<string> {
  const answer = await post(`${url}/rest/login`, { emailOrLdapLoginId: email, password });
  if (!answer.ok)
    throw new N8nFailure(
      `n8n at ${url} does not know ${email} with the password that is kept here. If you changed it, put the new one into .halyard/n8n/access.json.`,
    );
  return cookieOf(answer);
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new N8nFailure(`n8n answered ${answer.status} at ${url}: ${await answer.text()}`);
  return ((await answer.json()) as { data: T }).data;
}
