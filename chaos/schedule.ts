import { ask } from './ask.ts';
import type { Input } from './ledger.ts';
import type { Scene } from './scene.ts';
import { foundSchool } from './school.ts';

const address = 'scheduled@chaos.example';

/** A flow that begins once a year, and now whenever it is told that its time has come: each time is one message. */
export class Schedule {
  readonly #owner: Scene['owner'];
  readonly #flowId: string;
  readonly #input: Input;

  private constructor(owner: Scene['owner'], flowId: string, input: Input) {
    this.#owner = owner;
    this.#flowId = flowId;
    this.#input = input;
  }

  /** In a school of its own, with one contact. */
  static async publish(scene: Scene): Promise<Schedule> {
    const { api, databaseUrl, provider, receiver, ledger } = scene;
    const school = await foundSchool(api, databaseUrl, provider, { provider: 'resend' }, receiver.url);
    await ask(scene, school, '/contacts', { identities: [{ kind: 'email', address }] });
    const { id } = await ask<{ id: string }>(scene, school, '/flows', {
      key: 'scheduled',
      definition: {
        name: 'Scheduled',
        trigger: { type: 'schedule', cron: '0 0 1 1 *', zone: 'UTC', audience: { all: [] } },
        reentry: 'always',
        steps: [{ id: 'say', type: 'message', template: 'news', channels: ['email'], class: 'service' }],
      },
    });
    await ask(scene, school, `/flows/${id}/publish`, {});
    const input = ledger.offer({ kind: 'event', address, messages: 0, delayMs: 0 });
    return new Schedule(scene.owner, id, input);
  }

  /** Its time comes, unless it has come already and nobody has seen to it yet. */
  async tick(): Promise<void> {
    const { rowCount } = await this.#owner.query(
      'update flows set next_tick_at = now() where id = $1 and next_tick_at > now()',
      [this.#flowId],
    );
    this.#input.messages += rowCount ?? 0;
    this.#input.acknowledgedAt ??= new Date();
  }
}
