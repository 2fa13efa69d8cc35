import { DomainError } from '../domain-error.js';

/** The password was right and the second factor is missing. The API tells the challenge, which goes with the code. */
export class TwoFactorRequired extends DomainError {
  constructor(readonly challenge: string) {
    super(
      'two_factor_required',
      'Send the code of your authenticator app to POST /auth/two-factor, with this challenge or the cookie of this answer.',
    );
  }
}
