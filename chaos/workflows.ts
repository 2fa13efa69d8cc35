import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.ts';
import { Load } from './load.ts';
import type { Scene } from './scene.ts';
import { foundSchool } from './school.ts';

const longestMs = 120_000;

/** An n8n whose workflow answers every call until it is heard, and a school whose flow asks it before it writes. */
export class Workflows {
  readonly #load: Load;

  private constructor(load: Load) {
    this.#load = load;
  }

  static async publish(scene: Scene): Promise<Workflows> {
    const { api, databaseUrl, provider, receiver, ledger } = scene;
    const school = await foundSchool(api, databaseUrl, provider, { provider: 'resend' }, receiver.url);
    await ask(scene, school, '/connections', {
      provider: 'n8n',
      name: 'n8n',
      settings: { base_url: await startN8n(scene) },
      secrets: { signing_secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` },
      skip_test: true,
    });
    const { id } = await ask<{ id: string }>(scene, school, '/flows', { key: 'asked', definition });
    await ask(scene, school, `/flows/${id}/publish`, {});
    return new Workflows(new Load(api, [school], ledger, scene.play.random.fork('workflows'), 1_000_000));
  }

  /** So many contacts for whom a workflow is asked, each of whom gets one message by its answer. */
  ask(count: number): Promise<void> {
    return this.#load.run({ count, callers: 2, restMs: 100, kinds: ['workflow'] });
  }
}

const definition = {
  name: 'Asked',
  trigger: { type: 'event', event: 'chaos.asked' },
  reentry: 'always',
  steps: [
    { id: 'ask', type: 'n8n_workflow', connection: 'n8n', path: 'webhook/ask', on_timeout: null },
    {
      id: 'may',
      type: 'branch',
      branches: [{ when: { field: 'steps.ask.answer.say', op: 'eq', value: true }, next: 'say' }],
      next: null,
    },
    { id: 'say', type: 'message', template: 'news', channels: ['email'], class: 'transactional' },
  ],
};

/** Whoever made the call may be dead when it is answered, and whoever is told the answer as well. */
async function startN8n(scene: Scene): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => '');
    response.writeHead(200).end();
    const url = /"url":"([^"]+)"/.exec(body)?.[1];
    if (url) await answer(scene, url); // else its caller died in the middle of it, and another one calls again
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scene.atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The worker that called knows no address of the API but its own: processes that share one are given a PUBLIC_URL in life. */
async function answer(scene: Scene, given: string): Promise<void> {
  const url = scene.api + new URL(given).pathname;
  for (const end = Date.now() + longestMs; Date.now() < end; await pause(100)) {
    const heard = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answer: { say: true } }),
      signal: AbortSignal.timeout(15_000),
    }).then(
      async (response) => response.ok && ((await response.json()) as { late: boolean }),
      () => null,
    );
    if (!heard) continue;
    if (heard.late) scene.ledger.problems.push(`an answer was late at ${url}`);
    return;
  }
  scene.ledger.problems.push(`the answer at ${url} was not heard within two minutes`);
}
