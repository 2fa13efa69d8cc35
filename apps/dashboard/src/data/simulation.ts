import type { Problem, Schema } from '@halyard/client/client';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { z } from 'zod';
import { halyard } from './halyard';
import { Refused } from './problem';

export type SimulationResult = Schema<'SimulationResult'>;
export type SimulatedMessage = Schema<'SimulatedMessage'>;
export type SimulationRequest = z.input<typeof SimulationInput>;

/** How far a simulation has come: `events` of `of`. */
export interface Progress {
  events: number;
  of: number;
}

type Line = { progress: Progress } | { result: SimulationResult } | { problem: Problem };

/** Simulates and tells how far it is. Throws `Refused` when the API says no; ended by `signal`. */
export async function simulate(
  body: SimulationRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<SimulationResult> {
  const { data, error } = await halyard.POST('/flows/simulate/stream', {
    // What is left out takes its default, which the generated type does not know.
    body: body as Schema<'SimulationInput'>,
    signal,
    parseAs: 'stream',
  });
  if (error !== undefined) throw new Refused(error as Problem);
  for await (const text of linesOf(data as unknown as ReadableStream<Uint8Array>)) {
    const line: Line = JSON.parse(text);
    if ('problem' in line) throw new Refused(line.problem);
    if ('result' in line) return line.result;
    onProgress(line.progress);
  }
  throw new Error('The simulation ended without a result.');
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    yield* lines.filter((line) => line !== '');
    if (done) return;
  }
}
