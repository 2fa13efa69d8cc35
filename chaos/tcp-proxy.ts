import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What becomes of bytes. `up`: to the server; `down`: back. `held` bytes are kept and go on later; `lost` never arrive. */
export type Passage = 'open' | 'held' | 'lost';

interface Pair {
  client: Socket;
  server: Socket;
  kept: { up: Buffer[]; down: Buffer[] };
}

/**
 * Stands between Halyard and PostgreSQL and spoils the connection: a direction that is silent while both ends believe the
 * other to be there, as when a firewall forgets a connection or a cable is pulled; or a cut.
 */
export class TcpProxy {
  #passage: { up: Passage; down: Passage } = { up: 'open', down: 'open' };
  readonly #pairs = new Set<Pair>();
  readonly #server;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#join(client, connect(port, '127.0.0.1')));
  }

  /** In front of what listens on `port` of this machine. */
  static async start(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on, for connections that are there. Those in which bytes were lost never work again. */
  set(passage: Partial<{ up: Passage; down: Passage }>): void {
    this.#passage = { ...this.#passage, ...passage };
    for (const pair of this.#pairs) this.#letGo(pair);
  }

  /** Connections that are there go silent for good; new ones work. */
  forget(): void {
    for (const { client, server } of this.#pairs) {
      client.removeAllListeners('data').resume();
      server.removeAllListeners('data').resume();
      // Neither end learns that the other one has gone.
      for (const socket of [client, server]) socket.removeAllListeners('close');
    }
    this.#pairs.clear();
  }

  /** Ends every connection at once. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, server: Socket): void {
    const pair: Pair = { client, server, kept: { up: [], down: [] } };
    this.#pairs.add(pair);
    const pass = (direction: 'up' | 'down', to: Socket) => (bytes: Buffer) => {
      const passage = this.#passage[direction];
      if (passage === 'open') to.write(bytes);
      else if (passage === 'held') pair.kept[direction].push(bytes);
    };
    client.on('data', pass('up', server));
    server.on('data', pass('down', client));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
  }

  #letGo({ client, server, kept }: Pair): void {
    if (this.#passage.up === 'open') for (const bytes of kept.up.splice(0)) server.write(bytes);
    if (this.#passage.down === 'open') for (const bytes of kept.down.splice(0)) client.write(bytes);
  }
}
