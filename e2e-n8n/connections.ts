import { expect } from 'vitest';
import { halyard, scene } from './stage.ts';

/** Connections of provider `n8n` that a file of tests makes, to be removed at its end. */
export class Connections {
  readonly #ids: string[] = [];

  async add(mode: 'pull' | 'push', channel: string, path?: string): Promise<string> {
    const { status, body } = await halyard('POST', '/connections', {
      provider: 'n8n',
      name: `n8n, ${mode}, ${channel}`,
      channels: [channel],
      settings: {
        base_url: scene.n8n.url,
        mode,
        from_address: 'hello@sailing-school.example',
        ...(path && { path }),
      },
      secrets: { signing_secret: scene.signingSecret },
      priority: 1,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    this.#ids.push(body.id);
    return body.id;
  }

  async remove(): Promise<void> {
    for (const id of this.#ids.splice(0)) await halyard('DELETE', `/connections/${id}`);
  }
}

/** Halyard's own sandbox takes what n8n is refused, unless it is paused. */
export async function sandbox(channel: string, how: 'pause' | 'resume'): Promise<void> {
  const { body } = await halyard('GET', '/connections');
  const { id } = body.items.find(
    ({ provider, channels }: { provider: string; channels: string[] }) =>
      provider === 'sandbox' && channels.includes(channel),
  );
  expect((await halyard('POST', `/connections/${id}/${how}`)).status).toBeLessThan(300);
}
