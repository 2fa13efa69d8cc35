import type { ProblemCode } from '@halyard/contracts/problems';

export interface Problem {
  code: ProblemCode;
  detail: string;
  issues?: readonly unknown[];
}

// Connection lost or refused, server starting or shutting down, too many connections, disk full, a standby after a
// failover; a deadlock or a serialization failure, which undid everything.
const unavailableStates = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '08006',
  '08003',
  '08001',
  '25006',
  '40001',
  '40P01',
]);

// Values that no column of the type can hold: null characters and halves of characters in texts, and cursors that only
// look like ours.
const impossibleValues = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008']);

/** What the caller is told of an error of the database; null when it is a bug of ours. */
export function databaseProblem(error: unknown): Problem | null {
  const code = String((error as { code?: unknown } | null)?.code);
  if (impossibleValues.has(code))
    return {
      code: 'invalid_request',
      detail:
        'A value cannot be stored or looked for: leave out null characters and halves of characters, and pass cursors back as they came.',
    };
  const gone =
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  return gone || unavailableStates.has(code)
    ? {
        code: 'unavailable',
        detail: 'The database cannot take this right now. Nothing was stored; try again.',
      }
    : null;
}
