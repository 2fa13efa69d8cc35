import { Readable } from 'node:stream';

/**
 * How far a message got.
 * - waiting: the server has not agreed to take it (nodemailer reads only after the answer to DATA).
 * - sending: some of it was handed to the socket, but not its end: without the final dot no server may deliver it
 *   (RFC 5321, section 4.1.1.4).
 * - complete: everything was handed over, the final dot may be on its way.
 */
export type Phase = 'waiting' | 'sending' | 'complete';

const chunkBytes = 64 * 1024;

/**
 * The bytes of a message, which note how far they were read: nodemailer's errors do not tell. They are made when the
 * server has agreed to take them, so that what waits for a socket takes no memory.
 */
export class TrackedBytes extends Readable {
  phase: Phase = 'waiting';
  #bytes: Buffer | null = null;
  #offset = 0;

  constructor(private readonly make: () => Promise<Buffer>) {
    super({ highWaterMark: chunkBytes });
  }

  override _read(): void {
    if (this.#bytes) this.#pushNext(this.#bytes);
    else
      this.make().then(
        (bytes) => this.#begin(bytes),
        (error: Error) => this.destroy(error),
      );
  }

  #begin(bytes: Buffer): void {
    this.#bytes = bytes;
    if (!this.destroyed) this.#pushNext(bytes);
  }

  #pushNext(bytes: Buffer): void {
    this.phase = 'sending';
    const end = this.#offset + chunkBytes;
    const chunk = bytes.subarray(this.#offset, end);
    this.#offset = end;
    if (end >= bytes.length) this.phase = 'complete';
    if (chunk.length > 0) this.push(chunk);
    if (end >= bytes.length) this.push(null);
  }
}
