import { CommandFailure } from '../failure.js';
import type { N8nWorkflow, WorkflowBody } from './workflow.js';

export interface N8nCredential {
  id: string;
  name: string;
  type: string;
}

interface Page<Item> {
  data: Item[];
  nextCursor: string | null;
}

interface N8nTag {
  id: string;
  name: string;
}

/** An n8n by its public API, `/api/v1`. */
export class N8nApi {
  #tags: Map<string, N8nTag> | null = null;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** All that are not archived. */
  async workflows(): Promise<N8nWorkflow[]> {
    return (await this.#all<N8nWorkflow>('/workflows')).filter(({ isArchived }) => !isArchived);
  }

  workflow(id: string): Promise<N8nWorkflow> {
    return this.#call('GET', `/workflows/${id}`);
  }

  create(workflow: WorkflowBody): Promise<N8nWorkflow> {
    return this.#call('POST', '/workflows', workflow);
  }

  /** One that is active goes on with what was written. */
  update(id: string, workflow: WorkflowBody): Promise<N8nWorkflow> {
    return this.#call('PUT', `/workflows/${id}`, workflow);
  }

  /** Live at once. */
  activate(id: string): Promise<N8nWorkflow> {
    return this.#call('POST', `/workflows/${id}/activate`);
  }

  credentials(): Promise<N8nCredential[]> {
    return this.#all('/credentials');
  }

  createCredential(credential: { name: string; type: string; data: object }): Promise<N8nCredential> {
    return this.#call('POST', '/credentials', credential);
  }

  updateCredential(id: string, data: object): Promise<N8nCredential> {
    return this.#call('PATCH', `/credentials/${id}`, { data });
  }

  /** Adds these tags, made when there are none of these names, to those that the workflow has. */
  async tag({ id, tags = [] }: N8nWorkflow, names: readonly string[]): Promise<void> {
    const ids = new Set(tags.map((tag) => tag.id));
    for (const name of names) ids.add((await this.#tagNamed(name)).id);
    await this.#call(
      'PUT',
      `/workflows/${id}/tags`,
      [...ids].map((each) => ({ id: each })),
    );
  }

  async #tagNamed(name: string): Promise<N8nTag> {
    this.#tags ??= new Map((await this.#all<N8nTag>('/tags')).map((tag) => [tag.name, tag]));
    const tag = this.#tags.get(name) ?? (await this.#call<N8nTag>('POST', '/tags', { name }));
    this.#tags.set(name, tag);
    return tag;
  }

  async #all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query: string = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) }).toString();
      const page: Page<Item> = await this.#call('GET', `${path}?${query}`);
      items.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'x-n8n-api-key': this.key,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      throw new CommandFailure(
        `n8n cannot be reached at ${this.url} (${error.cause?.code ?? error.message}). Start it, or set N8N_URL.`,
      );
    });
    const text = await answer.text();
    if (answer.status === 401 || answer.status === 403)
      throw new CommandFailure(
        `n8n at ${this.url} refuses the API key for ${method} ${path}: set N8N_API_KEY to one that may read and write workflows and tags and list credentials (n8n: Settings, n8n API).`,
      );
    if (!answer.ok) throw new N8nRefusal(`${answer.status} ${messageIn(text)}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

/** n8n would not have this one; others may go well. */
export class N8nRefusal extends CommandFailure {}

function messageIn(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? text);
  } catch {
    return text.slice(0, 200);
  }
}
