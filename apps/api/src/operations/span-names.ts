import { randomBytes } from 'node:crypto';

/**
 * Names traces and spans for the SDK: by chance, but for a span that stands for a row, which is to be found by the row's
 * id (core/trace.ts).
 */
export class SpanNames {
  #given: string | null = null;

  /** The span that `start` starts is named so. */
  give<T>(name: string, start: () => T): T {
    this.#given = name;
    try {
      return start();
    } finally {
      this.#given = null;
    }
  }

  generateTraceId = (): string => randomBytes(16).toString('hex');

  generateSpanId = (): string => this.#given ?? randomBytes(8).toString('hex');
}
