import type { Bed } from './bed.ts';
import { Client } from './load.ts';

/** A provider that remembers when which subject arrived. */
export interface Receiver {
  port: number;
  /** All arrivals so far. */
  look(): Promise<readonly [subject: string, at: number][]>;
}

/** @param delayMs how long it takes for an answer. */
export async function openReceiver(bed: Bed, delayMs = 0): Promise<Receiver> {
  const port = await bed.listening('receiver.ts', [delayMs]);
  const client = new Client(`http://127.0.0.1:${port}`);
  bed.atEnd(() => client.close());
  const arrivals: [subject: string, at: number][] = [];
  return {
    port,
    async look() {
      arrivals.push(...(await client.call<[string, number][]>('GET', '/')));
      return arrivals;
    },
  };
}
