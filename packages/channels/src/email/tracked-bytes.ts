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

/** The bytes of a message, which note how far they were read: nodemailer's errors do not tell. */
export class TrackedBytes extends Readable {
  phase: Phase = 'waiting';
  #offset = 0;

  constructor(private readonly bytes: Buffer) {
    super({ highWaterMark: chunkBytes });
  }

  override _read(): void {
    this.phase = 'sending';
    const end = this.#offset + chunkBytes;
    const chunk = this.bytes.subarray(this.#offset, end);
    this.#offset = end;
    if (chunk.length > 0) this.push(chunk);
    if (end < this.bytes.length) return;
    this.phase = 'complete';
    this.push(null);
  }
}
