import { RateLimited } from '@halyard/core/access/rate-limited';
import { DomainError } from '@halyard/core/domain-error';
import { APIError } from 'better-auth';

const lockedSeconds = 15 * 60;

/**
 * What better-auth refuses, in our words: one sentence for all that could be wrong with a secret, so that the answer
 * does not tell which part was right. Anything else is a bug and passes through.
 */
export const refuse =
  (sentence: string) =>
  (error: unknown): never => {
    if (!(error instanceof APIError)) throw error;
    if (error.statusCode === 429) throw new RateLimited(lockedSeconds);
    if (error.body?.code === 'TOTP_ALREADY_ENABLED')
      throw new DomainError('invalid_state', 'Two-factor is on already. Switch it off first.');
    if (error.body?.code === 'TOTP_NOT_ENABLED')
      throw new DomainError('invalid_state', 'Begin with POST /auth/two-factor/enable.');
    if (error.statusCode >= 400 && error.statusCode < 500)
      throw new DomainError('invalid_credentials', sentence);
    throw error;
  };
