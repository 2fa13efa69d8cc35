import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CRM that answers at once, or when it is told to go on. */
export class SlowCrm {
  #held = Promise.resolve();
  goOn = (): void => {};

  readonly #server = createServer(async (_request, response) => {
    await this.#held;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"industry":"shipping"}');
  });

  static async open(): Promise<SlowCrm> {
    const crm = new SlowCrm();
    await new Promise<void>((resolve) => crm.#server.listen(0, '127.0.0.1', resolve));
    return crm;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  hold(): void {
    this.#held = new Promise((resolve) => {
      this.goOn = resolve;
    });
  }

  close(): Promise<void> {
    this.goOn();
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
