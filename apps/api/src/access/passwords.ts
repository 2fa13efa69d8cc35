import { DomainError } from '@halyard/core/domain-error';
import { hash, verify } from '@node-rs/argon2';

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. argon2id is the library's default.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** False as well for a hash that cannot be read. */
export const verifyPassword = (hashed: string, password: string): Promise<boolean> =>
  verify(hashed, password).catch(() => false);

/** For the forms of pages, whose contract lets a short password through so that they can say what is wrong. */
export function assertLongEnough(password: string): void {
  const message = 'Use 12 characters or more.';
  if (password.length < 12)
    throw new DomainError('invalid_request', message, [{ path: 'body.password', message }]);
}

/** Whether the hash was made with other costs than today's: it is renewed at the next log-in. */
export const isOutdated = (hashed: string): boolean => !hashed.startsWith(current);
