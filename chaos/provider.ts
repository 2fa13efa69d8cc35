import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

/**
 * What a provider does with one call. `accept`: takes the message and answers after a while. `accept_then_drop`: takes it
 * and hangs up. `garble`: takes it and sends these bytes, which are no answer. `drip`: takes it and sends its answer a
 * byte at a time. `answer`: takes nothing and answers this.
 */
export type Behaviour =
  | { kind: 'accept'; afterMs: number }
  | { kind: 'accept_then_drop' }
  | { kind: 'garble'; bytes: string }
  | { kind: 'drip'; everyMs: number }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string };

export interface Call {
  /** The sender's API key: whose call it is. */
  account: string;
  address: string;
  key: string;
  /** How often this provider was called before. */
  nth: number;
}

/** Where a provider reports to, by account. */
export interface Hook {
  url: string;
  secret: string;
}

export const hookSecret = `whsec_${Buffer.from('the signing key of the chaos suite').toString('base64')}`;

/** Reports under way at the same time: a provider does not flood whoever is slow. */
const reportsAtOnce = 16;

interface Taken {
  id: string;
  body: string;
}

/**
 * A provider as Resend is one for mails and Infobip for SMS, over real HTTP: it keeps idempotency keys, writes what it
 * took into the ledger, and reports mails as delivered until somebody listens.
 */
export class FakeProvider {
  readonly hooks = new Map<string, Hook>();
  /** Decides about each call. */
  behave: (call: Call) => Behaviour = () => ({ kind: 'accept', afterMs: 15 });
  /** Reports that nobody has taken yet. */
  reportsDue = 0;
  #calls = 0;
  #reports = 0;
  readonly #lines = Array.from({ length: reportsAtOnce }, () => Promise.resolve());
  #closing = false;
  readonly #taken = new Map<string, Taken>();
  readonly #ledger: Ledger;
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response).catch((error: unknown) => {
      this.#ledger.problems.push(`the fake provider failed: ${error}`);
      response.destroy();
    });
  });

  private constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  static async start(ledger: Ledger): Promise<FakeProvider> {
    const provider = new FakeProvider(ledger);
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get calls(): number {
    return this.#calls;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.method !== 'POST') return send(response, 200, { object: 'list', data: [], balance: 1 });
    const parsed = JSON.parse(body);
    const isMail = request.url === '/emails';
    const to = isMail ? String(parsed.to[0]) : String(parsed.messages[0].destinations[0].to);
    const call: Call = {
      account: String(request.headers.authorization).split(' ')[1] ?? '',
      address: isMail ? bare(to) : `+${to}`,
      key: isMail
        ? String(request.headers['idempotency-key'])
        : String(parsed.messages[0].destinations[0].messageId),
      nth: this.#calls++,
    };
    const behaviour = this.behave(call);
    if (behaviour.kind === 'answer') {
      response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers });
      response.end(behaviour.body ?? '{}');
      return;
    }
    const known = this.#taken.get(call.key);
    const taken = known ?? this.#take(call, body);
    if (behaviour.kind === 'accept_then_drop') {
      request.socket.destroy();
      return;
    }
    if (behaviour.kind === 'garble') {
      request.socket.end(behaviour.bytes);
      return;
    }
    if (behaviour.kind === 'drip') return drip(response, behaviour.everyMs);
    await pause(behaviour.afterMs);
    if (!isMail) send(response, 200, smsAnswer(call, known !== undefined));
    else if (known && known.body !== body) send(response, 409, { name: 'invalid_idempotent_request' });
    else send(response, 200, { id: taken.id });
    if (!known && isMail) this.#queueReport(call, taken.id);
  }

  #take({ key, address }: Call, body: string): Taken {
    const taken = { id: `taken-${this.#taken.size + 1}`, body };
    this.#taken.set(key, taken);
    this.#ledger.receipts.push({ address, key, at: new Date() });
    return taken;
  }

  #queueReport(call: Call, id: string): void {
    const line = this.#reports++ % reportsAtOnce;
    const before = this.#lines[line] ?? Promise.resolve();
    this.reportsDue += 1;
    this.#lines[line] = before
      .then(() => this.#report(call, id))
      .finally(() => {
        this.reportsDue -= 1;
      });
  }

  /** Says that it arrived, as Resend does, until it is heard. */
  async #report({ account, address }: Call, id: string): Promise<void> {
    const hook = this.hooks.get(account);
    if (!hook) return;
    const event = {
      type: 'email.delivered',
      created_at: new Date().toISOString(),
      data: { email_id: id, to: [address] },
    };
    for (let tries = 0; !this.#closing; tries++) {
      const status = await post(hook, `evt-${id}`, JSON.stringify(event));
      if (status >= 200 && status < 300) break;
      if (status < 500 && status !== 429 && status !== 0)
        this.#ledger.problems.push(`a report was refused with ${status}`);
      await pause(Math.min(1_000, 100 * 2 ** tries));
    }
  }
}

/** As long as somebody listens. */
async function drip(response: ServerResponse, everyMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' ');
    await pause(everyMs);
  }
}

/** Posts a webhook signed as Svix does for Resend; 0 when nobody answers. */
export async function post({ url, secret }: Hook, id: string, body: string): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${signature}`,
  };
  return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
}

/** `Mia <mia@example.com>` → `mia@example.com`. */
const bare = (mailbox: string): string => /<(.+)>/.exec(mailbox)?.[1] ?? mailbox;

const smsAnswer = ({ key }: Call, repeated: boolean) => ({
  messages: [
    {
      messageId: key,
      status: repeated
        ? { groupId: 5, name: 'REJECTED_DUPLICATE_MESSAGE_ID', description: 'taken before' }
        : { groupId: 1, name: 'PENDING_ACCEPTED', description: 'ok' },
    },
  ],
});

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
