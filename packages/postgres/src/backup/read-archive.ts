import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Footer, Header, Section } from './archive.js';
import { BackupFailure, endOfRows, formatVersion } from './archive.js';

/** Reads a backup file from its beginning to its end; whatever is not as it was written is a BackupFailure. */
export class ArchiveReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #sum = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);
  /** The rest goes on with a row whose beginning was read. */
  #midLine = false;

  constructor(private readonly file: string) {
    const raw = createReadStream(file);
    const unzipped = raw.pipe(createGunzip());
    raw.on('error', (error) => unzipped.destroy(error));
    this.#chunks = unzipped[Symbol.asyncIterator]();
  }

  async header(): Promise<Header> {
    const header = this.#parse<Header>(await this.#line());
    if (typeof header.halyard_backup !== 'number') throw this.#broken('it is no backup of Halyard');
    if (header.halyard_backup > formatVersion)
      throw new BackupFailure(
        `${this.file} was made by a newer Halyard (${header.halyard}). Restore it with that version.`,
      );
    return header;
  }

  /** The next table, whose rows are to be read before anything else, or the end of the file. */
  async next(): Promise<Section | Footer> {
    const before = this.#sum.copy().digest('hex');
    const content = this.#parse<Section | Footer>(await this.#line());
    if ('table' in content) return content;
    if (content.sha256 !== before) throw this.#broken('its checksum is another one');
    if (this.#rest.length || (await this.#more())) throw this.#broken('something follows its end');
    return content;
  }

  /** The rows of a table as COPY takes them. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.#endOfRows();
      if (end >= 0) {
        const rows = this.#take(end);
        this.#take(endOfRows.length);
        this.#midLine = false;
        if (rows.length) yield rows;
        return;
      }
      const lines = this.#rest.lastIndexOf(newline) + 1;
      if (lines) {
        yield this.#take(lines);
        this.#midLine = false;
      } else if (this.#rest.length >= endOfRows.length) {
        yield this.#take(this.#rest.length); // of a row that is longer than a chunk
        this.#midLine = true;
      }
      if (!(await this.#more())) throw this.#broken('it was cut off');
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Where the line that ends the rows begins. */
  #endOfRows(): number {
    if (!this.#midLine && this.#rest.subarray(0, endOfRows.length).equals(endOfRows)) return 0;
    const at = this.#rest.indexOf(endAfterLine);
    return at < 0 ? -1 : at + 1;
  }

  async #line(): Promise<Buffer> {
    for (;;) {
      const end = this.#rest.indexOf(newline);
      if (end >= 0) return this.#take(end + 1);
      if (!(await this.#more())) throw this.#broken('it was cut off');
    }
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.#sum.update(taken);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next().catch((error: Error & { code?: string }) => {
      if (error.code === 'ENOENT') throw new BackupFailure(`There is no file ${this.file}.`);
      throw this.#broken(error.code === 'Z_BUF_ERROR' ? 'it was cut off' : error.message);
    });
    if (done) return false;
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, value]) : value;
    return true;
  }

  #parse<T>(line: Buffer): T {
    try {
      return JSON.parse(line.toString()) as T;
    } catch {
      throw this.#broken('a line of it cannot be read');
    }
  }

  #broken(why: string): BackupFailure {
    return new BackupFailure(`${this.file} cannot be restored: ${why}. Take another backup.`);
  }
}

const newline = 0x0a;
const endAfterLine = Buffer.concat([Buffer.from('\n'), endOfRows]);
