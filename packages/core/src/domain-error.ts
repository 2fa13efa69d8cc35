import type { ProblemCode } from '@halyard/contracts/problems';

/** One thing wrong with the input: `path` as in `steps.2.timing.offset`, and a sentence that says what to do. */
export interface Issue {
  path: string;
  message: string;
}

/** A rule was broken. `message` says what to do; the API answers with the problem of this code. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly issues: readonly Issue[] = [],
  ) {
    super(message);
  }
}

export const notFound = (what: string): DomainError =>
  new DomainError('not_found', `There is no such ${what} in this organization.`);
