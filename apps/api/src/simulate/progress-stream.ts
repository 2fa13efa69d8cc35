import { PassThrough } from 'node:stream';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import { DomainError } from '@halyard/core/domain-error';
import type { Progress } from '@halyard/core/simulate/simulations';

/**
 * Runs a simulation and writes how far it is, line by line, then its result. Resolves when it has begun, so that what is
 * wrong with the request is answered as a problem and not in the middle of the stream.
 */
export async function streamed(
  run: (report: (progress: Progress) => void) => Promise<SimulationResult>,
): Promise<PassThrough> {
  const out = new PassThrough();
  const write = (line: object) => out.write(`${JSON.stringify(line)}\n`);
  const begun = Promise.withResolvers<void>();
  const report = (progress: Progress) => {
    begun.resolve();
    write({ progress });
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
