import { Readable } from 'node:stream';
import { DomainError } from '@halyard/core/domain-error';

/** A bounce says what it has to say before the mail that it returns. */
const keptBytes = 1_048_576;
/** Larger than what mail servers let through, as a rule. */
const mostBytes = 52_428_800;

/**
 * The first megabyte of a mail that arrives as a stream; the rest is read and let go, so that whoever pipes it is not cut
 * off. Nothing for any other body.
 */
export async function beginningOf(body: unknown): Promise<Buffer> {
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (size < keptBytes) kept.push(chunk.subarray(0, keptBytes - size));
    size += chunk.length;
    if (size > mostBytes) throw new DomainError('payload_too_large', 'A mail may have up to 50 MB.');
  }
  return Buffer.concat(kept);
}
