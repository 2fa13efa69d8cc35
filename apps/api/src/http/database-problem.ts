import type { ProblemCode } from '@halyard/contracts/problems';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import { isUnavailable } from '@halyard/postgres/errors';

export interface Problem {
  code: ProblemCode;
  detail: string;
  issues?: readonly unknown[];
}

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
  return error instanceof StoreUnavailable || isUnavailable(error)
    ? {
        code: 'unavailable',
        detail: 'The database cannot take this right now. Nothing was stored; try again.',
      }
    : null;
}
