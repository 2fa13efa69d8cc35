import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { Ledger } from './ledger.ts';

/** A mail server: it has no keys, so what it took before an answer was lost, nobody can ask it. */
export class MailServer {
  /** How long it thinks before it says that a mail is queued. */
  queueMs = 15;
  readonly #server: SMTPServer;

  private constructor(ledger: Ledger) {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      closeTimeout: 20,
      onData: (stream, { envelope }, done) => {
        stream.resume();
        stream.once('end', async () => {
          for (const { address } of envelope.rcptTo)
            ledger.receipts.push({ address, key: null, at: new Date() });
          await pause(this.queueMs);
          done(null, 'queued');
        });
      },
    });
    this.#server.on('error', () => {}); // clients that die are what this is about
  }

  static async start(ledger: Ledger): Promise<MailServer> {
    const server = new MailServer(ledger);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
