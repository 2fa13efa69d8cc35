import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import { DomainError } from '@halyard/core/domain-error';
import type { Progress } from '@halyard/core/simulate/simulations';

type Report = (progress: Progress) => Promise<void>;

/** Lets requests and loops of this process have their turn while a simulation computes. */
export const breathe: Report = async () => {
  await setImmediate();
};

const pauseMs = 250;

/**
 * Runs a simulation and writes how far it is, a line every quarter of a second, then its result. Resolves when it has
 * begun, so that what is wrong with the request is answered as a problem and not in the middle of the stream. Who hangs
 * up ends it.
 */
export async function streamed(run: (report: Report) => Promise<SimulationResult>): Promise<PassThrough> {
  const out = new PassThrough();
  const write = (line: object) => out.write(`${JSON.stringify(line)}\n`);
  const begun = Promise.withResolvers<void>();
  let told = 0;
  const report: Report = async (progress) => {
    begun.resolve();
    if (out.destroyed) throw new Error('Nobody reads this simulation any more.');
    const now = Date.now();
    if (now - told >= pauseMs) write({ progress });
    if (now - told >= pauseMs) told = now;
    await setImmediate();
  };
  run(report).then(
    (result) => {
      begun.resolve();
      write({ result });
      out.end();
    },
    (error: unknown) => {
      begun.reject(error);
      if (out.destroyed) return;
      write({ problem: problemOf(error) });
      out.end();
    },
  );
  await begun.promise;
  return out;
}

const problemOf = (error: unknown) =>
  error instanceof DomainError
    ? { code: error.code, detail: error.message }
    : { code: 'internal_error', detail: 'The simulation could not be brought to its end.' };
