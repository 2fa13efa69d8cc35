import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { N8nCredential } from '../n8n-api.js';
import type { N8nWorkflow, WorkflowBody } from '../workflow.js';

interface Answer {
  status: number;
  body: unknown;
}

/** As much of n8n's public API (2.40.5) as workflows need, over HTTP, with what n8n adds to them by itself. */
export class FakeN8n {
  readonly workflows: N8nWorkflow[] = [];
  readonly credentials: N8nCredential[] = [];
  readonly tags: { id: string; name: string }[] = [];
  /** Every request that changed something, as in `POST /workflows`. */
  readonly changes: string[] = [];
  readonly key = 'n8n-key';
  readonly #server = createServer(async (request, response) => {
    const { status, body } = await this.#answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  named(name: string): N8nWorkflow {
    const found = this.workflows.find((each) => each.name === name);
    if (!found) throw new Error(`no workflow ${name}`);
    return found;
  }

  /** What a person does in the editor. */
  edit(name: string, change: (workflow: N8nWorkflow) => void): void {
    const workflow = this.named(name);
    change(workflow);
    workflow.versionId = randomUUID();
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    if (request.headers['x-n8n-api-key'] !== this.key)
      return { status: 401, body: { message: 'unauthorized' } };
    const { method = '' } = request;
    const url = new URL(request.url ?? '', 'http://n8n');
    const [, , , kind = '', id, action] = url.pathname.split('/');
    const body = method === 'GET' || action === 'activate' ? null : await json(request);
    if (method !== 'GET') this.changes.push(`${method} ${url.pathname.slice('/api/v1'.length)}`);
    if (kind === 'workflows') return this.#workflows(method, id, action, body, url);
    if (kind === 'tags' && method === 'POST') {
      const { name } = body as { name: string };
      if (name.length > 24) return { status: 400, body: { message: 'too long' } };
      const tag = { id: randomUUID(), name };
      this.tags.push(tag);
      return { status: 201, body: tag };
    }
    return page(kind === 'tags' ? this.tags : this.credentials, url);
  }

  #workflows(
    method: string,
    id: string | undefined,
    action: string | undefined,
    body: unknown,
    url: URL,
  ): Answer {
    if (!id) return method === 'GET' ? page(this.workflows, url) : this.#create(body as WorkflowBody);
    const workflow = this.workflows.find((each) => each.id === id);
    if (!workflow) return { status: 404, body: { message: 'Not Found' } };
    if (action === 'tags') workflow.tags = this.#tagged(body as { id: string }[]);
    if (action === 'activate') workflow.active = true;
    if (method === 'PUT' && !action) {
      const strange = strangeKey(body as WorkflowBody);
      if (strange) return strange;
      Object.assign(workflow, kept(body as WorkflowBody), { versionId: randomUUID() });
    }
    return { status: 200, body: workflow };
  }

  #create(body: WorkflowBody): Answer {
    const strange = strangeKey(body);
    if (strange) return strange;
    const createdAt = new Date(2026, 0, 1, 0, 0, this.workflows.length).toISOString();
    const workflow = {
      ...kept(body),
      id: randomUUID(),
      active: false,
      versionId: randomUUID(),
      createdAt,
      tags: [],
    };
    this.workflows.push(workflow);
    return { status: 200, body: workflow };
  }

  #tagged = (wanted: { id: string }[]) => this.tags.filter((tag) => wanted.some(({ id }) => id === tag.id));
}

/** Two at a time, so that who reads only the first page is found out. */
function page(items: readonly unknown[], url: URL): Answer {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const nextCursor = from + 2 < items.length ? String(from + 2) : null;
  return { status: 200, body: { data: items.slice(from, from + 2), nextCursor } };
}

function strangeKey(body: WorkflowBody): Answer | null {
  const strange = Object.keys(body).find(
    (key) => !['name', 'nodes', 'connections', 'settings'].includes(key),
  );
  return strange
    ? { status: 400, body: { message: `request/body Unrecognized key(s): '${strange}'` } }
    : null;
}

const kept = ({ name, nodes, connections, settings }: WorkflowBody): WorkflowBody => ({
  name,
  connections,
  nodes: nodes.map((node) => ({
    id: randomUUID(),
    ...(node.type.endsWith('.webhook') && { webhookId: randomUUID() }),
    ...node,
  })),
  settings: { ...settings, binaryMode: 'separate', availableInMCP: false },
});
