import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/**
 * Many long texts as the columns of one set: their bytes as a single binary parameter, with where each begins and how
 * long it is. An array of texts is escaped, sent and read character by character: 27 instead of 15 µs for a mail of 2 kB.
 */
export class TextsAsBytes {
  readonly #bytes: Buffer;
  readonly #starts: number[] = [];
  readonly #lengths: number[];

  /** Texts may come as their bytes in UTF-8. */
  constructor(texts: readonly (string | Uint8Array)[]) {
    const parts = texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text));
    this.#lengths = parts.map(({ length }) => length);
    this.#bytes = Buffer.concat(parts);
    let start = 1; // SQL counts from one
    for (const length of this.#lengths) {
      this.#starts.push(start);
      start += length;
    }
  }

  /** Two arrays for `unnest`, in the order of the texts. */
  get places(): RawBuilder<unknown> {
    return sql`${this.#starts}::int[], ${this.#lengths}::int[]`;
  }

  /** The text whose place stands in these columns. */
  at(start: string, length: string): RawBuilder<string> {
    return sql`convert_from(substring(${this.#bytes}::bytea from ${sql.ref(start)} for ${sql.ref(length)}), 'UTF8')`;
  }
}
