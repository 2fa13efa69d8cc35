import { createHash } from 'node:crypto';
import { crashPoint } from '#crash-point';
import { DomainError } from '../domain-error.js';
import type { OrgId } from '../ids.js';

/** What a request with an Idempotency-Key was answered with. */
export interface Answer {
  status: number;
  body: unknown;
}

/** A request that must take effect once. `fingerprint` is equal for requests that ask for the same. */
export interface KeyedRequest {
  key: string;
  route: string;
  fingerprint: Buffer;
}

export type Kept =
  | { kind: 'done' | 'replayed'; answer: Answer }
  /** The key was used for something else. */
  | { kind: 'other_request' }
  /** The first request with this key has not ended. */
  | { kind: 'running' };

export interface IdempotencyStore {
  /**
   * Runs `work` once per key: everything it writes and its answer are committed together, or not at all when it throws
   * or the process dies. An answer is kept for a day at least.
   */
  once(orgId: OrgId, request: KeyedRequest, work: () => Promise<Answer>): Promise<Kept>;
}

/** Makes a repeated request harmless: the second one gets the first one's answer. */
export class Idempotency {
  constructor(private readonly store: IdempotencyStore) {}

  /** Throws `idempotency_conflict` and `idempotency_in_progress`. What `work` throws is not kept: it may be tried again. */
  async answer(
    orgId: OrgId,
    request: { key: string; route: string; url: string; body: unknown },
    work: () => Promise<Answer>,
  ): Promise<{ answer: Answer; replayed: boolean }> {
    if (!/^[\x21-\x7e]{1,255}$/.test(request.key))
      throw new DomainError(
        'invalid_request',
        'Idempotency-Key takes 1 to 255 printable characters without spaces.',
        [{ path: 'header.idempotency-key', message: 'not a usable key' }],
      );
    const fingerprint = createHash('sha256')
      .update(`${request.route}\n${request.url}\n${canonical(request.body)}`)
      .digest();
    const kept = await this.store.once(orgId, { key: request.key, route: request.route, fingerprint }, work);
    crashPoint('answer-kept');
    switch (kept.kind) {
      case 'done':
        return { answer: kept.answer, replayed: false };
      case 'replayed':
        return { answer: kept.answer, replayed: true };
      case 'other_request':
        throw new DomainError(
          'idempotency_conflict',
          'This Idempotency-Key was used for another request. Use a new key for a new request.',
        );
      case 'running':
        throw new DomainError(
          'idempotency_in_progress',
          'The first request with this Idempotency-Key is still running. Repeat this one in a second to get its answer.',
        );
    }
  }
}

/** JSON that does not depend on the order of properties. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
