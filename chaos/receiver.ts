import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What listens to an organization's webhooks: keeps which messages it was told of, by the type of event. */
export class Receiver {
  /** Ids of messages by type of event, such as message.sent. */
  readonly told = new Map<string, Set<string>>();
  /** Requests whose webhook-id came before: at least once means that this may happen. */
  repeats = 0;
  readonly #seen = new Set<string>();
  readonly #server = createServer(async (request, response) => {
    const { type, data } = JSON.parse(await text(request));
    const id = String(request.headers['webhook-id']);
    if (this.#seen.has(id)) this.repeats += 1;
    this.#seen.add(id);
    const told = this.told.get(type) ?? new Set();
    this.told.set(type, told.add(String(data?.message_id)));
    response.writeHead(204).end();
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
