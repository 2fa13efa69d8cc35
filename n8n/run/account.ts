import { N8nFailure } from './failure.ts';

export interface Owner {
  email: string;
  password: string;
}

/** What n8n says of the newest version of a workflow: its triggers are switched over a moment after an activation. */
export interface Publication {
  status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
  triggers: { status: string; errorMessage: string | null }[];
}

/** What n8n lets only its owner do, and not an API key. */
export class Account {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Makes the owner of a new n8n, signs in to one that has an owner. */
  static async open(url: string, owner: Owner): Promise<Account> {
    const cookie = (await setUp(url, owner)) ?? (await signIn(url, owner));
    return new Account(url, cookie);
  }

  /** A new API key that may do whatever a key may. */
  async apiKey(label: string): Promise<string> {
    const scopes = await this.#call<string[]>('GET', '/api-keys/scopes');
    const key = { label, scopes, expiresAt: null };
    return (await this.#call<{ rawApiKey: string }>('POST', '/api-keys', key)).rawApiKey;
  }

  publication(workflowId: string): Promise<Publication> {
    return this.#call('GET', `/workflows/${workflowId}/publication-status`);
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.#url}/rest${path}`, {
      method,
      headers: { cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new N8nFailure(`n8n answered ${answer.status} at ${path}: ${await answer.text()}`);
    return ((await answer.json()) as { data: T }).data;
  }
}

/** Null when there is an owner already. */
async function setUp(url: string, { email, password }: Owner): Promise<string | null> {
  const owner = { email, password, firstName: 'Halyard', lastName: 'Owner' };
  const answer = await post(`${url}/rest/owner/setup`, owner);
  return answer.ok ? cookieOf(answer) : null;
}

async function signIn(url: string, { email, password }: Owner): Promise<string> {
  const answer = await post(`${url}/rest/login`, { emailOrLdapLoginId: email, password });
  if (!answer.ok)
    throw new N8nFailure(
      `n8n at ${url} does not know ${email} with the password that is kept here. If you changed it, write the new one into n8n/access.json of the folder .halyard.`,
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
