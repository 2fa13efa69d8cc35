import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/** Milliseconds since 1970 with fractions: comparable between processes of one machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

/** Posts and gets JSON over connections that stay open. */
export class Client {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;
  /** How often the server asked to come back later. */
  turnedAway = 0;

  constructor(url: string, headers: Record<string, string> = {}, connections = 64) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
    this.#headers = { 'content-type': 'application/json', ...headers };
  }

  /** Comes back when it is told to; anything but success throws with what the server said. */
  async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<T> {
    return this.send<T>(method, path, body === undefined ? undefined : JSON.stringify(body));
  }

  /** As `call`, with a body that is text already. */
  async send<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: string | undefined,
    type?: string,
  ): Promise<T> {
    for (;;) {
      const headers = type ? { ...this.#headers, 'content-type': type } : this.#headers;
      const answer = await this.#pool.request({ method, path, headers, body: body ?? null });
      const text = await answer.body.text();
      if (answer.statusCode === 429) {
        this.turnedAway++;
        await pause(Number(answer.headers['retry-after'] ?? 1) * 1_000);
        continue;
      }
      if (answer.statusCode >= 300)
        throw new Error(`${method} ${path} answered ${answer.statusCode} ${text.slice(0, 500)}`);
      return (text ? JSON.parse(text) : undefined) as T;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** As fast as they are answered, with so many under way at once. Returns the seconds until the last was answered. */
export async function flood(
  total: number,
  atOnce: number,
  one: (n: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  const caller = async () => {
    while (next < total) await one(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return (performance.now() - began) / 1000;
}

/** At a fixed rate, whether the ones before are answered or not: what is slow does not make the next ones later. */
export async function pace(
  total: number,
  perSecond: number,
  one: (n: number) => Promise<unknown>,
): Promise<void> {
  const began = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let n = 0; n < total; n++) {
    const wait = began + (n * 1_000) / perSecond - performance.now();
    if (wait > 1) await pause(wait);
    underWay.push(one(n));
  }
  await Promise.all(underWay);
}

/** Of all values, the one that this share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export async function until(holds: () => Promise<boolean>, everyMs = 20, atMostMs = 300_000): Promise<void> {
  const end = performance.now() + atMostMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('What the bench waits for did not happen.');
    await pause(everyMs);
  }
}
