import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Input, InputKind, Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { School } from './school.ts';
import { bookingDelayMs } from './school.ts';

export interface LoadOptions {
  /** How many inputs. */
  count: number;
  /** How many callers send at the same time. */
  callers?: number;
  /** How long each caller rests between two inputs. */
  restMs?: number;
  kinds?: readonly [InputKind, ...InputKind[]];
}

const everyKind = ['event', 'event', 'booking', 'booking', 'send', 'sms', 'outreach', 'import'] as const;
const importRows = 3;

/**
 * Callers as they should be: each input has an id of its own and is sent again, the same, until it is answered. So
 * everything is acknowledged in the end, and what a crash made somebody send twice must still have its effect once.
 */
export class Load {
  readonly #api: string;
  readonly #schools: readonly [School, ...School[]];
  readonly #ledger: Pick<Ledger, 'offer' | 'problems'>;
  readonly #random: Random;
  #n: number;
  #running = 0;

  /** `first`: the number of its first input, so that two loads do not write to the same addresses. */
  constructor(
    api: string,
    schools: readonly [School, ...School[]],
    ledger: Pick<Ledger, 'offer' | 'problems'>,
    random: Random,
    first = 0,
  ) {
    this.#api = api;
    this.#schools = schools;
    this.#ledger = ledger;
    this.#random = random;
    this.#n = first;
  }

  /** Resolves when every input is acknowledged, or was given up with a problem in the ledger. */
  async run({ count, callers = 8, restMs = 0, kinds = everyKind }: LoadOptions): Promise<void> {
    // Chosen before anything runs, so that the same seed asks for the same things, however the callers interleave.
    const chosen = Array.from({ length: count }, () => ({
      n: this.#n++,
      kind: this.#random.pick(kinds),
      school: this.#random.pick(this.#schools),
      keyed: this.#random.next() < 0.5,
    }));
    const queue = chosen.values();
    const caller = async () => {
      for (const { n, kind, school, keyed } of queue) {
        await this.#offer(requestsOf[kind](n, school), school, keyed);
        await pause(restMs);
      }
    };
    this.#running += 1;
    await Promise.all(Array.from({ length: callers }, caller)).finally(() => {
      this.#running -= 1;
    });
  }

  /** Whether somebody still sends. */
  get isRunning(): boolean {
    return this.#running > 0;
  }

  async #offer(request: Request, school: School, keyed: boolean): Promise<void> {
    const inputs = request.inputs.map((input) => this.#ledger.offer(input));
    for (const body of request.bodies) {
      const answered = await this.#untilAnswered(request, body, school, keyed);
      if (!answered) return;
    }
    const at = new Date();
    for (const input of inputs) input.acknowledgedAt = at;
  }

  async #untilAnswered(
    { path, type, inputs }: Request,
    body: string,
    school: School,
    keyed: boolean,
  ): Promise<boolean> {
    const headers = {
      'x-api-key': school.key,
      'content-type': type,
      ...(keyed && type === 'application/json' && { 'idempotency-key': uuidOf(path + body) }),
    };
    const givenUp = Date.now() + 120_000;
    while (Date.now() < givenUp) {
      const answer = await fetch(this.#api + path, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(15_000),
      }).then(
        async (response) => ({ status: response.status, text: await response.text() }),
        () => null,
      );
      if (answer && answer.status < 300) return true;
      if (answer && !mayBeRepeated(answer)) {
        this.#ledger.problems.push(`${path} was refused with ${answer.status}: ${answer.text.slice(0, 300)}`);
        return false;
      }
      await pause(100);
    }
    this.#ledger.problems.push(`${path} for ${inputs[0]?.address} was not answered within two minutes`);
    return false;
  }
}

const mayBeRepeated = ({ status, text }: { status: number; text: string }): boolean =>
  status >= 500 || status === 429 || text.includes('idempotency_in_progress');

interface Request {
  path: string;
  type: 'application/json' | 'text/csv';
  /** Sent one after the other. */
  bodies: string[];
  inputs: Omit<Input, 'offeredAt' | 'acknowledgedAt'>[];
}

const json = (path: string, input: Request['inputs'][number], ...bodies: object[]): Request => ({
  path,
  type: 'application/json',
  bodies: bodies.map((body) => JSON.stringify(body)),
  inputs: [input],
});
const mail = (kind: InputKind, n: number): string => `${kind}-${n}@chaos.example`;
const content = { subject: 'Ahoy', body: 'What is new.' };
const startsAt = '2031-05-01T09:00:00Z';
const endsAt = '2031-05-03T15:00:00Z';

const requestsOf: Record<InputKind, (n: number, school: School) => Request> = {
  event: (n) => {
    const address = mail('event', n);
    const body = { id: `e${n}`, type: 'chaos.happened', contact: { email: address }, create_contact: true };
    return json('/events', { kind: 'event', address, messages: 1, delayMs: 0 }, body);
  },
  booking: (n) => {
    const address = mail('booking', n);
    const input = { kind: 'booking', address, messages: 1, delayMs: bookingDelayMs } as const;
    const dates = { starts_at: startsAt, ends_at: endsAt, time_zone: 'Europe/Berlin' };
    return json('/bookings', input, { external_id: `b${n}`, contact: { email: address }, ...dates });
  },
  send: (n) => {
    const address = mail('send', n);
    const body = {
      id: `s${n}`,
      to: { email: address },
      channels: ['email'],
      content,
      class: 'transactional',
    };
    return json('/messages/send', { kind: 'send', address, messages: 1, delayMs: 0 }, body);
  },
  sms: (n) => {
    const address = `+49151${String(20_000_000 + n)}`;
    const text = { body: content.body };
    const body = {
      id: `t${n}`,
      to: { sms: address },
      channels: ['sms'],
      content: text,
      class: 'transactional',
    };
    return json('/messages/send', { kind: 'sms', address, messages: 1, delayMs: 0 }, body);
  },
  // Two steps of a sequence: the second follows when the first is out, and is looked at again after three seconds.
  outreach: (n, { id }) => {
    const address = mail('outreach', n);
    const step = (number: number) => ({
      id: uuidOf(`item ${n} ${number}`),
      tenant_id: id,
      user_id: uuidOf('somebody'),
      channel: 'email',
      ...content,
      target: { email: address },
      sequence_id: uuidOf(`sequence ${n}`),
      step: number,
    });
    return json('/outreach/items', { kind: 'outreach', address, messages: 2, delayMs: 0 }, step(1), step(2));
  },
  import: (n) => {
    const addresses = Array.from({ length: importRows }, (_, row) => mail('import', n * importRows + row));
    return {
      path: '/imports?mapping=%7B%22source%22%3A%22attributes.source%22%7D',
      type: 'text/csv',
      bodies: [`email,source\n${addresses.map((address) => `${address},import\n`).join('')}`],
      inputs: addresses.map((address) => ({ kind: 'import', address, messages: 1, delayMs: 0 })),
    };
  },
};

/** The same id for the same thing, at every repetition and in every run. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
