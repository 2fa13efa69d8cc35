import { RateLimited } from '@halyard/core/access/rate-limited';
import type { OrgId } from '@halyard/core/ids';

export interface WorkLimits {
  /** Requests that are being answered at once; 0 for no limit. */
  requests: number;
  /** Bytes of their bodies. */
  bytes: number;
}

/** One organization takes no more than this part of the room, so that the others find some. */
const largestShare = 1 / 2;
const retryAfterSeconds = 1;

/**
 * The requests that are being answered. Beyond its limits this process refuses more instead of taking them into its
 * memory, where they would wait for the database.
 */
export class WorkUnderWay {
  #requests = 0;
  #bytes = 0;
  readonly #byOrganization = new Map<OrgId, number>();

  constructor(private readonly limits: WorkLimits) {}

  /** Takes a request in, before its body is read; returns what to call when it is over. Throws `RateLimited`. */
  enter(bytes: number): () => void {
    const { requests, bytes: mostBytes } = this.limits;
    const full = this.#requests >= requests || (this.#requests > 0 && this.#bytes + bytes > mostBytes);
    if (requests > 0 && full) throw new RateLimited(retryAfterSeconds);
    this.#requests += 1;
    this.#bytes += bytes;
    return once(() => {
      this.#requests -= 1;
      this.#bytes -= bytes;
    });
  }

  /** Counts it for its organization as well, once that is known. Throws `RateLimited`. */
  enterFor(orgId: OrgId): () => void {
    const count = this.#byOrganization.get(orgId) ?? 0;
    const { requests } = this.limits;
    if (requests > 0 && count >= requests * largestShare) throw new RateLimited(retryAfterSeconds);
    this.#byOrganization.set(orgId, count + 1);
    return once(() => {
      const left = (this.#byOrganization.get(orgId) ?? 0) - 1;
      if (left > 0) this.#byOrganization.set(orgId, left);
      else this.#byOrganization.delete(orgId);
    });
  }
}

function once(then: () => void): () => void {
  let over = false;
  return () => {
    if (!over) then();
    over = true;
  };
}
