import { DomainError } from '../domain-error.js';

/** Too many requests or attempts. The API tells when to come back in Retry-After. */
export class RateLimited extends DomainError {
  constructor(readonly retryAfterSeconds: number) {
    super('rate_limited', `Too many requests. Try again in ${retryAfterSeconds} seconds.`);
  }
}
