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

export const everyKind = [
  'event',
  'event',
  'booking',
  'booking',
  'send',
  'sms',
  'outreach',
  'import',
  'campaign',
] as const;
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
    let before: Answered = {};
    for (const call of request.calls) {
      const answered = await this.#untilAnswered(request, call(before), school, keyed);
      if (!answered) return;
      before = answered;
    }
    const at = new Date();
    for (const input of inputs) input.acknowledgedAt = at;
  }

  async #untilAnswered(
    { type, inputs }: Request,
    { path, method = 'POST', body }: Call,
    school: School,
    keyed: boolean,
  ): Promise<Answered | null> {
    const headers = {
      'x-api-key': school.key,
      'content-type': type,
      ...(keyed && type === 'application/json' && { 'idempotency-key': uuidOf(path + body) }),
    };
    const givenUp = Date.now() + 120_000;
    while (Date.now() < givenUp) {
      const answer = await fetch(this.#api + path, {
        method,
        headers,
        body,
        signal: AbortSignal.timeout(15_000),
      }).then(
        async (response) => ({ status: response.status, text: await response.text() }),
        () => null,
      );
      if (answer && answer.status < 300) return JSON.parse(answer.text) as Answered;
      if (answer && isDone(path, answer)) return {};
      if (answer && !mayBeRepeated(answer)) {
        this.#ledger.problems.push(`${path} was refused with ${answer.status}: ${answer.text.slice(0, 300)}`);
        return null;
      }
      await pause(100);
    }
    this.#ledger.problems.push(`${path} for ${inputs[0]?.address} was not answered within two minutes`);
    return null;
  }
}

const mayBeRepeated = ({ status, text }: { status: number; text: string }): boolean =>
  status >= 500 || status === 429 || text.includes('idempotency_in_progress');

/** A campaign that somebody was not told of having started is running by now, or has run. */
const isDone = (path: string, { status, text }: { status: number; text: string }): boolean =>
  path.endsWith('/start') && status === 409 && text.includes('invalid_state');

interface Answered {
  id?: string;
}

interface Call {
  path: string;
  method?: 'POST' | 'PUT';
  body: string;
}

interface Request {
  type: 'application/json' | 'text/csv';
  /** Made one after the other; each is told the answer before it. */
  calls: ((before: Answered) => Call)[];
  inputs: Omit<Input, 'offeredAt' | 'acknowledgedAt'>[];
}

const json = (path: string, input: Request['inputs'][number], ...bodies: object[]): Request => ({
  type: 'application/json',
  calls: bodies.map((body) => () => ({ path, body: JSON.stringify(body) })),
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
  workflow: (n) => {
    const address = mail('workflow', n);
    const body = { id: `w${n}`, type: 'chaos.asked', contact: { email: address }, create_contact: true };
    return json('/events', { kind: 'workflow', address, messages: 1, delayMs: 0 }, body);
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
  // What the sandbox took is looked up in its inbox.
  chat: (n) => {
    const address = `chaos-${n}`;
    const body = {
      id: `c${n}`,
      to: { slack: address },
      channels: ['slack'],
      content: { body: content.body },
      class: 'transactional',
    };
    return json('/messages/send', { kind: 'chat', address, messages: 1, delayMs: 0 }, body);
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
    const path = '/imports?mapping=%7B%22source%22%3A%22attributes.source%22%7D';
    const body = `email,source\n${addresses.map((address) => `${address},import\n`).join('')}`;
    return {
      type: 'text/csv',
      calls: [() => ({ path, body })],
      inputs: addresses.map((address) => ({ kind: 'import', address, messages: 1, delayMs: 0 })),
    };
  },
  campaign: (n) => ({
    type: 'application/json',
    calls: campaignOf(n),
    inputs: [{ kind: 'campaign', address: mail('campaign', n), messages: 1, delayMs: 0 }],
  }),
};

/** A draft that a repeated request leaves behind is never started. */
const campaignOf = (n: number): Request['calls'] => {
  const email = mail('campaign', n);
  const audience = { field: 'contact.attributes.campaign', op: 'eq', value: n };
  const draft = { name: `Campaign ${n}`, audience, channels: ['email'], template: 'news', class: 'service' };
  return [
    () => ({
      path: '/contacts',
      method: 'PUT',
      body: JSON.stringify({ email, attributes: { campaign: n } }),
    }),
    () => ({ path: '/campaigns', body: JSON.stringify(draft) }),
    ({ id }) => ({ path: `/campaigns/${id}/start`, body: '{}' }),
  ];
};

/** The same id for the same thing, at every repetition and in every run. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
