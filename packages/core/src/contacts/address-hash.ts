import { createHash } from 'node:crypto';
import type { Channel } from '@halyard/contracts/primitives';

/**
 * What a suppression keeps of an address, also after erasure: sha256 over channel and normalized address. The channel
 * is part of it, so that one list cannot be compared with another.
 */
export const addressHash = (channel: Channel, normalized: string): Buffer =>
  createHash('sha256').update(`${channel}\n${normalized}`).digest();
