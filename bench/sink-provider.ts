/** A provider that POSTs to the sink. Everything else on the way of a message is what production runs. */
import type { Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import { Pool } from 'undici';

export class SinkProvider implements Provider {
  readonly name = 'sink';
  readonly channels = ['email'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;
  readonly #pool: Pool;

  constructor(port: number) {
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1 });
  }

  async send(_connection: unknown, request: SendRequest): Promise<SendOutcome> {
    const { statusCode, body } = await this.post(JSON.stringify(request.payload), request.idempotencyKey);
    const answer = (await body.json()) as { id: string };
    return statusCode === 202
      ? { kind: 'accepted', providerMessageId: answer.id }
      : { kind: 'unknown', code: String(statusCode), detail: '' };
  }

  post(body: string, key: string) {
    return this.#pool.request({
      method: 'POST',
      path: '/send',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
    });
  }

  async test() {
    return { ok: true as const };
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
