import pg from 'pg';

const violates = (error: unknown, code: string, constraint?: string): boolean =>
  error instanceof pg.DatabaseError &&
  error.code === code &&
  (constraint === undefined || error.constraint === constraint);

export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  violates(error, '23505', constraint);
export const isForeignKeyViolation = (error: unknown, constraint?: string): boolean =>
  violates(error, '23503', constraint);

export const isCheckViolation = (error: unknown, constraint?: string): boolean =>
  violates(error, '23514', constraint);

/**
 * Errors by which the database says that it cannot take anything right now, whatever it is: connection trouble (08),
 * transactions undone for another's sake (40), full disks and too many connections (53), shutting down and starting up
 * (57P), failing disks (58), a standby that takes no writes (25006).
 */
const unavailableStates = /^(08...|40...|53...|57P..|58...|25006)$/;
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What the driver says without a code. */
const brokenConnection =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying/;

/** Whether the database cannot take this right now, so that trying again later may help. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (unavailableStates.test(code) || unreachable.has(code))) return true;
  return typeof message === 'string' && brokenConnection.test(message);
}

/** Whether the statement itself is wrong for this schema, whatever the values: a bug of ours, or a migration that is missing. */
export const isMisfit = (error: unknown): boolean =>
  /^42/.test(String((error as { code?: unknown } | null)?.code ?? ''));
